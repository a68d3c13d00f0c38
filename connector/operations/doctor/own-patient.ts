import { readFileSync } from 'node:fs';
import type { Log } from '../../log/log.ts';
import { Connector } from '../../run/connector.ts';
import { originOf } from '../../run/origin.ts';
import { OktaAgent } from '../../simulator/agent.ts';
import { certificateInUse } from '../certificate/certificate-in-use.ts';
import { obstacle } from '../check/obstacle.ts';
import { lendCredential } from './lent-credential.ts';
import type { OwnServer, Patient } from './patient.ts';

/** A patient, and what has to be undone after its examination. */
export interface Admitted {
  readonly patient: Patient;
  /** The service did not run: a connector was started in this process for as long as this takes. */
  readonly isStarted: boolean;
  readonly release: () => Promise<void>;
}

const SILENT: Log = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A running one has the port; where nobody has it, ours takes it for as long as the examination lasts. */
async function startUnlessRunning({ config }: OwnServer): Promise<Connector | undefined> {
  if ((await obstacle(config.server.listen)) === 'EADDRINUSE') return undefined;
  const connector = await Connector.open(config, SILENT);
  try {
    await connector.listen();
    return connector;
  } catch (error) {
    await connector.close();
    throw error;
  }
}

/** @param flag  as in `Patient` @throws what stands in the way of a start, CredentialError, CertificateError */
export async function admitOwn(own: OwnServer, flag: string): Promise<Admitted> {
  const { config, app } = own;
  const credential = await lendCredential(own);
  let started: Connector | undefined;
  try {
    started = await startUnlessRunning(own);
    const inUse = config.server.http ? undefined : await certificateInUse(config, SILENT_NOTICES);
    const ca = inUse?.authority === undefined ? undefined : readFileSync(inUse.authority.file, 'utf8');
    const baseUrl = `${originOf(config, config.server.listen.port)}${app.path}`;
    const trust = ca === undefined ? {} : { ca };
    const { headers } = credential;
    const agent = new OktaAgent({ baseUrl, headers, app: app.okta_app, ...trust });
    return {
      patient: { baseUrl, headers, ...trust, agent, own, flag, learnt: {} },
      isStarted: started !== undefined,
      release: async () => {
        agent.close();
        await credential.giveBack();
        await started?.close();
      },
    };
  } catch (error) {
    await credential.giveBack();
    await started?.close();
    throw error;
  }
}

const SILENT_NOTICES = { info: () => undefined, warn: () => undefined };
