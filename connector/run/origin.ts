import { hostname } from 'node:os';
import type { Config } from '../config/config.ts';
import { formatListen } from '../config/vocabulary/listen.ts';

/** Scheme and authority under which the server is reached. */
export function originOf({ server }: Config, port: number): string {
  if (server.base_url !== undefined) return server.base_url;
  const { host } = server.listen;
  const anywhere = host === undefined || host === '0.0.0.0' || host === '::';
  return `${server.http ? 'http' : 'https'}://${formatListen({ host: anywhere ? hostname() : host, port })}`;
}
