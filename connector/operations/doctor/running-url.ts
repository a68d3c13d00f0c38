import { AdminClient } from '../../admin/admin-client.ts';
import { ChannelError } from '../../admin/channel-error.ts';
import { formatListen } from '../../config/vocabulary/listen.ts';
import { originOf } from '../../run/origin.ts';
import type { ServiceStatus } from '../../run/service-status.ts';
import { HttpClient } from '../../simulator/http-client.ts';
import { obstacleError } from '../check/obstacle.ts';
import { portHolder } from '../port-holder.ts';
import type { OwnServer } from './patient.ts';

/** Unit: ms. */
const PATIENCE = 3000;

/** From this host. */
const nearby = (host: string | undefined): string =>
  host === undefined || host === '0.0.0.0' || host === '::' ? 'localhost' : host;

/**
 * Who answers there. Asks as a client, and does not take the port even for a moment: a service may be about to. Nothing is
 * believed of a connector but that it is one.
 */
async function listenerAt({
  listen,
  http,
}: OwnServer['config']['server']): Promise<'connector' | 'another' | 'nobody'> {
  const { host, port } = listen;
  if (port === 0) return 'nobody';
  const client = new HttpClient({ rejectUnauthorized: false });
  const at = formatListen({ host: nearby(host), port });
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    const { text } = await client.send('GET', `${http ? 'http' : 'https'}://${at}/healthz`, {}, undefined, signal);
    return /^\{"status":"(ok|unavailable)"\}$/.test(text) ? 'connector' : 'another';
  } catch (error) {
    const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
    const isRefused = errors.every((one) => (one as NodeJS.ErrnoException).code === 'ECONNREFUSED');
    return isRefused ? 'nobody' : 'another';
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
  // Another account's does not say where.
  if (urls === undefined) return urlOf(own, listen.port);
  const listener = await listenerAt(config.server);
  if (listener === 'nobody') return undefined;
  if (listener === 'connector') return urlOf(own, listen.port);
  throw obstacleError('EADDRINUSE', listen, 'server.listen', portHolder(listen.port, listen.host));
}
