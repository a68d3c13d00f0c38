import { setTimeout as pause } from 'node:timers/promises';
import { EXAMINER } from '../../service/examination.ts';
import { OktaAgent } from '../../simulator/agent.ts';
import type { Trust } from '../../simulator/http-client.ts';
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

/** The two clients of a patient. */
export function clientsOf({ baseUrl, headers, trust, own }: Reached, limit: number): Pick<Patient, 'wire' | 'agent'> {
  const app = own?.app.okta_app;
  const sent = { 'User-Agent': EXAMINER, ...headers };
  return {
    wire: new Wire({ ...trust, baseUrl, headers, limit }),
    agent: new OktaAgent({ ...trust, baseUrl, headers: sent, timeout: limit, ...(app === undefined ? {} : { app }) }),
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
export async function untilKnown({ wire }: Pick<Patient, 'wire'>): Promise<void> {
  for (const wait of PAUSES) {
    await pause(wait);
    const reply = await wire.ask('getImplementedUserManagementCapabilities', '/ServiceProviderConfigs').catch(noReply);
    if (reply?.status !== 401) break;
  }
  wire.replies.length = 0;
}

const noReply = (_: NoReply): undefined => undefined;
