import { isLoopback } from '../../config/vocabulary/listen.ts';
import type { Log } from '../../log/log.ts';
import { Connector } from '../../run/connector.ts';
import type { Trust } from '../../simulator/http-client.ts';
import { certificateInUse } from '../certificate/certificate-in-use.ts';
import { type AdmitOptions, type Admitted, admit, untilKnown } from './admitted.ts';
import { lendCredential } from './lent-credential.ts';
import type { OwnServer } from './patient.ts';
import { peerOf } from './peer.ts';
import { runningUrl, urlOf } from './running-url.ts';

const SILENT: Log = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const SILENT_NOTICES = { info: () => undefined, warn: () => undefined };
/** Unit: ms. */
const PATIENCE = 3000;

/** Ours for as long as this takes: at a port of its own, heard by nobody and telling nobody. */
async function start({ config, app }: OwnServer): Promise<{ connector: Connector; baseUrl: string }> {
  const { listen: _, ...metrics } = config.metrics;
  const { host } = config.server.listen;
  const listen = { host: isLoopback(host) && host !== undefined ? host : '127.0.0.1', port: 0 };
  const { base_url: __, ...server } = config.server;
  const { webhook, email } = config.alerts;
  const { url: ___, ...silentWebhook } = webhook;
  const { host: ____, ...silentEmail } = email;
  const alerts = { ...config.alerts, webhook: silentWebhook, email: silentEmail, os_log: { enabled: false } };
  const alone = { ...config, server: { ...server, listen }, metrics, alerts } as OwnServer['config'];
  const connector = await Connector.open(alone, SILENT, '', true);
  try {
    await connector.listen();
  } catch (error) {
    await connector.close();
    throw error;
  }
  const baseUrl = connector.baseUrls.find((url) => new URL(url).pathname.replace(/\/$/, '') === app.path) ?? '';
  return { connector, baseUrl };
}

/**
 * What an agent trusts that was set up by the book: our authority, or what the customer's certificate comes with.
 * @param url  of the running service
 */
async function trustOf({ config }: OwnServer, url?: string): Promise<Trust> {
  if (config.server.http) return {};
  const inUse = await certificateInUse(config, SILENT_NOTICES).catch(() => undefined);
  if (inUse?.authority !== undefined) return { ca: inUse.authority.pem };
  if (inUse === undefined || url === undefined) return {};
  const peer = await peerOf('tlsHandshake', url, { trust: {}, limit: PATIENCE }).catch(() => undefined);
  // Whoever has our certificate and its key is us.
  if (peer?.error === undefined || peer.chain[0]?.fingerprint256 !== inUse.certificate.fingerprint256) return {};
  return { ca: peer.chain.join('\n'), allowPartialTrustChain: true };
}

/** @throws what stands in the way of a start, CredentialError, CertificateError */
export async function admitOwn(own: OwnServer, { limit }: AdmitOptions): Promise<Admitted> {
  const credential = await lendCredential(own);
  let started: Connector | undefined;
  try {
    const running = await runningUrl(own);
    const { headers } = credential;
    if (running === undefined) {
      const { connector, baseUrl } = await start(own);
      started = connector;
      const oktaUrl = urlOf(own, own.config.server.listen.port);
      // It is in this very process: whose certificate it shows is for the step that looks at it.
      const trust = { ...(await trustOf(own)), rejectUnauthorized: false };
      const undo = async (): Promise<void> => {
        await connector.close();
        await credential.giveBack();
      };
      return admit({ baseUrl, oktaUrl, headers, trust, own, isStarted: true }, limit, undo);
    }
    const trust = await trustOf(own, running);
    const admitted = admit({ baseUrl: running, oktaUrl: running, headers, trust, own }, limit, credential.giveBack);
    if (credential.isNew) await untilKnown(admitted.patient);
    return admitted;
  } catch (error) {
    await started?.close();
    await credential.giveBack();
    throw error;
  }
}
