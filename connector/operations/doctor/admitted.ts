import { setTimeout as pause } from 'node:timers/promises';
import { EXAMINER } from '../../service/examination.ts';
import { OktaAgent } from '../../simulator/agent.ts';
import type { Trust } from '../../simulator/http-client.ts';
import { agent11, agent20 } from '../../simulator/manner/agent.ts';
import type { Manner } from '../../simulator/manner/manner.ts';
import type { Patient, Target } from './patient.ts';
import { type NoReply, Wire } from './wire.ts';

/** A patient, and what has to be undone after its examination. */
export interface Admitted {
  readonly patient: Patient;
  readonly release: () => Promise<void>;
}

export interface AdmitOptions {
  /** After which a reply is given up. Unit: ms. */
  readonly limit: number;
}

type Reached = Pick<Patient, 'baseUrl' | 'oktaUrl' | 'headers' | 'trust'> & Partial<Pick<Patient, 'own' | 'isStarted'>>;

/** `/v2` in the base URL makes the agent speak SCIM 2.0, and nothing else does (docs/okta-agent.md, Versions of the agent). */
const mannerAt = (baseUrl: string): Manner => (/\/v2(\/|$)/.test(baseUrl) ? agent20 : agent11);

/** The two clients of a patient, and what they speak. */
export function clientsOf(
  { baseUrl, headers, trust, own }: Reached,
  limit: number,
): Pick<Patient, 'wire' | 'agent' | 'speech'> {
  const app = own?.app.okta_app;
  const manner = mannerAt(baseUrl);
  const { speech } = manner;
  const sent = { 'User-Agent': EXAMINER, ...headers };
  return {
    speech,
    wire: new Wire({ ...trust, baseUrl, headers, limit, accept: speech.mediaType }),
    agent: new OktaAgent({
      ...{ ...trust, baseUrl, headers: sent, timeout: limit, manner },
      ...(app === undefined ? {} : { app }),
    }),
  };
}

export function admit(reached: Reached, limit: number, undo: () => Promise<void> = async () => undefined): Admitted {
  const clients = clientsOf(reached, limit);
  return {
    patient: { ...reached, ...clients, learnt: {} },
    release: async () => {
      clients.agent.close();
      clients.wire.close();
      await undo();
    },
  };
}

export function admitTarget({ baseUrl, headers, ca, isInsecure }: Target, { limit }: AdmitOptions): Admitted {
  const url = baseUrl.replace(/\/+$/, '');
  const trust: Trust = { ...(ca === undefined ? {} : { ca }), ...(isInsecure ? { rejectUnauthorized: false } : {}) };
  return admit({ baseUrl: url, oktaUrl: url, headers, trust }, limit);
}

/** How often a credential made this moment is tried, and after which pause. Unit: ms. */
const PAUSES = [0, 250, 350, 500, 1000];

/** Until a running service knows a new credential: it looks for new ones twice a second. What else goes wrong is for the steps. */
export async function untilKnown({ wire, speech }: Pick<Patient, 'wire' | 'speech'>): Promise<void> {
  for (const wait of PAUSES) {
    await pause(wait);
    const reply = await wire.ask('getImplementedUserManagementCapabilities', speech.configuration).catch(noReply);
    if (reply?.status !== 401) break;
  }
  wire.replies.length = 0;
}

const noReply = (_: NoReply): undefined => undefined;
