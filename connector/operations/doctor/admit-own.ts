import { connect } from 'node:net';
import { AdminClient } from '../../admin/admin-client.ts';
import { isLoopback, type Listen } from '../../config/vocabulary/listen.ts';
import type { Log } from '../../log/log.ts';
import { Connector } from '../../run/connector.ts';
import { originOf } from '../../run/origin.ts';
import type { ServiceStatus } from '../../run/service-status.ts';
import type { Trust } from '../../simulator/http-client.ts';
import { certificateInUse } from '../certificate/certificate-in-use.ts';
import { type AdmitOptions, type Admitted, admit, untilKnown } from './admitted.ts';
import { lendCredential } from './lent-credential.ts';
import type { OwnServer } from './patient.ts';
import { peerOf } from './peer.ts';

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

/** Whether anybody listens there. Connects, and does not take the port even for a moment: a service may be about to. */
function isListening({ host, port }: Listen): Promise<boolean> {
  if (port === 0) return Promise.resolve(false);
  const anywhere = host === undefined || host === '0.0.0.0' || host === '::';
  return new Promise((resolve) => {
    const socket = connect({ port, host: anywhere ? 'localhost' : host, timeout: PATIENCE });
    const end = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => end(true));
    // Whoever is silent has the port all the same.
    socket.once('timeout', () => end(true));
    socket.once('error', () => end(false));
  });
}

/** Base URL of the app at the running service; undefined where none runs. Another account's service cannot be asked. */
async function runningUrl({ config, app }: OwnServer): Promise<string | undefined> {
  const { urls } = await new AdminClient(config.state_dir, PATIENCE)
    .get<ServiceStatus>('/status')
    .catch(() => ({ urls: [] as readonly string[] }));
  const told = urls.find((url) => new URL(url).pathname.replace(/\/$/, '') === app.path);
  if (told !== undefined) return told;
  return (await isListening(config.server.listen)) ? urlOf({ config, app }, config.server.listen.port) : undefined;
}

const urlOf = ({ config, app }: OwnServer, port: number): string => `${originOf(config, port)}${app.path}`;

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
