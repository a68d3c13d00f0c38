import { connect } from 'node:net';
import { AdminClient } from '../../admin/admin-client.ts';
import { ChannelError } from '../../admin/channel-error.ts';
import { formatListen, type Listen } from '../../config/vocabulary/listen.ts';
import { originOf } from '../../run/origin.ts';
import type { ServiceStatus } from '../../run/service-status.ts';
import { HttpClient } from '../../simulator/http-client.ts';
import { obstacleError } from '../check/obstacle.ts';
import { portHolder } from '../port-holder.ts';
import type { OwnServer } from './patient.ts';

/** Unit: ms. */
const PATIENCE = 3000;

/** Whether anybody listens there. Connects, and does not take the port even for a moment: a service may be about to. */
function isListening({ host, port }: Listen): Promise<boolean> {
  if (port === 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ port, host: nearby(host), timeout: PATIENCE });
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

/** From this host. */
const nearby = (host: string | undefined): string =>
  host === undefined || host === '0.0.0.0' || host === '::' ? 'localhost' : host;

/** Whether what listens there answers as a connector does. Nothing is believed of it but that. */
async function isConnector({ listen, http }: OwnServer['config']['server']): Promise<boolean> {
  const client = new HttpClient({ rejectUnauthorized: false });
  const { host, port } = listen;
  const at = formatListen({ host: nearby(host), port });
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    const { text } = await client.send('GET', `${http ? 'http' : 'https'}://${at}/healthz`, {}, undefined, signal);
    return /^\{"status":"(ok|unavailable)"\}$/.test(text);
  } catch {
    return false;
  } finally {
    client.close();
  }
}

/** Base URLs of the running service. Undefined where it cannot be asked, being another account's; none where it does not run. */
async function urlsOfService(stateDir: string): Promise<readonly string[] | undefined> {
  const client = new AdminClient(stateDir, PATIENCE);
  try {
    return await client.get<readonly string[]>('/urls');
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    if (error.why === 'absent') return [];
    // Of before there was such a question.
    if (error.why === 'refused') return (await client.get<ServiceStatus>('/status')).urls;
    return undefined;
  }
}

export const urlOf = ({ config, app }: OwnServer, port: number): string => `${originOf(config, port)}${app.path}`;

/**
 * Base URL of the app at the running service; undefined where none runs.
 * @throws OperationError  another program has its port
 */
export async function runningUrl(own: OwnServer): Promise<string | undefined> {
  const { config, app } = own;
  const { listen } = config.server;
  const urls = await urlsOfService(config.state_dir);
  const told = urls?.find((url) => new URL(url).pathname.replace(/\/$/, '') === app.path);
  if (told !== undefined) return told;
  if (!(await isListening(listen))) return undefined;
  if (urls === undefined || (await isConnector(config.server))) return urlOf(own, listen.port);
  throw obstacleError('EADDRINUSE', listen, 'server.listen', portHolder(listen.port, listen.host));
}
