import { isFaultCode } from '../../../explain/catalogue.ts';
import type { Sighting } from '../../../vitals/sightings.ts';
import { explained } from '../diagnosis/explained.ts';
import { failed, ok, type Tried, type Verdict } from '../step.ts';

export const TEST = 'getImplementedUserManagementCapabilities';
export const IMPORT = 'downloadUsers';

/** Where Okta's console does it. What is not here is told under Okta's own name of the message. */
const TITLES: Readonly<Record<string, string>> = {
  [TEST]: 'Test Connector Configuration',
  downloadGroups: 'Import Now: groups',
  [IMPORT]: 'Import Now: users',
  createNewUser: 'Create Users',
  pushProfileUpdate: 'Update User Attributes',
  pushPasswordUpdate: 'Sync Password',
  deactivateUser: 'Deactivate Users',
  createGroup: 'Push Groups: new group',
  updateGroup: 'Push Groups',
  deleteGroup: 'Push Groups: deleted',
  request: 'A request',
};

/** Something that came, judged. */
export interface Seen extends Tried {
  readonly address: string;
  readonly time: string;
  readonly userAgent?: string;
  /** Empty where it is not known which. */
  readonly app: string;
  readonly ref?: string;
}

function verdictOf({ address, userAgent, outcome, text = '', fault, ref }: Sighting): Verdict {
  const agent = userAgent === undefined ? '' : ` (${userAgent})`;
  if (outcome === 'done') return ok(`seen from ${address}${agent}, green`);
  const known = explained(text, fault !== undefined && isFaultCode(fault) ? fault : undefined);
  const command = known?.command ?? (ref === undefined ? undefined : `scim-connector explain ${ref}`);
  return failed({
    text: `seen from ${address}${agent}: ${text}`,
    cause: known?.cause ?? (outcome === 'failed' ? 'nobody foresaw it' : 'the connector does not take it so'),
    fix: known?.fix ?? 'Look what is known of it',
    ...(command === undefined ? {} : { command }),
  });
}

export function seenOf(sighting: Sighting): Seen {
  const { address, time, userAgent, app, ref, message, duration } = sighting;
  return {
    step: { name: message, title: TITLES[message] ?? message },
    verdict: verdictOf(sighting),
    duration,
    address,
    time,
    app,
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(ref === undefined ? {} : { ref }),
  };
}
