import type { Config } from '../config/config.ts';
import { ownNames } from '../tls/host-names.ts';

const DEFAULT_PORT: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 };

/** Tells the origins that can only mean this server: its own names, or those of its certificate, at the port that was reached. */
export function ownOrigin({ server, tls }: Pick<Config, 'server' | 'tls'>) {
  const names = new Set([...tls.names, ...ownNames(server.listen.host)].map((name) => name.toLowerCase()));
  return (origin: string, port: number | undefined): boolean => {
    const url = URL.parse(origin);
    if (!url || (server.http ? 'http:' : 'https:') !== url.protocol) return false;
    const found = url.port === '' ? DEFAULT_PORT[url.protocol] : Number(url.port);
    return found === port && names.has(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  };
}
