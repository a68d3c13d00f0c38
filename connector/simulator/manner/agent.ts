import { groupPayload, userPayload } from '../payload.ts';
import { SCIM11 } from '../speech/scim-11.ts';
import { SCIM20 } from '../speech/scim-20.ts';
import type { Speech } from '../speech/speech.ts';
import type { Manner } from './manner.ts';

/** Okta's Provisioning Agent: everything by PUT, always the whole of it (docs/okta-agent.md, Traffic). */
const agentSpeaking = (speech: Speech): Manner => ({
  name: `agent ${speech.version}`,
  speech,
  readsFirst: false,
  repeatsReactivation: true,
  newUser: (app, person, active) => userPayload(app, person, active, undefined, speech.urns),
  newGroup: (group) => groupPayload(group, undefined, speech.urns),
  update: ({ app, id, person, active }) => ({
    method: 'PUT',
    payload: userPayload(app, person, active, id, speech.urns),
  }),
  push: (id, group) => ({ method: 'PUT', payload: groupPayload(group, id, speech.urns) }),
  regroup: ({ id, displayName, after }) => ({
    method: 'PUT',
    payload: groupPayload({ displayName, members: after }, id, speech.urns),
  }),
});

export const agent11 = agentSpeaking(SCIM11);
/** The same with the names of 2.0: its base URL has `/v2/`. */
export const agent20 = agentSpeaking(SCIM20);
