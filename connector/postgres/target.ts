import type { ConnectionOptions } from 'node:tls';
import pg, { type ClientConfig } from 'pg';
import { addressOf, type Host } from './address.ts';
import { parsersOver } from './session.ts';
import type { PostgresSettings } from './settings.ts';
import { mayBePlain, tlsFor } from './tls.ts';

/** All that is needed to log in at one of the hosts. */
export interface Target {
  readonly hosts: readonly Host[];
  /** The server there offers no TLS. @returns whether it is talked to in the clear from now on */
  goesPlain(host: Host): boolean;
  config(host: Host): ClientConfig & { readonly pipeline: true };
}

/** Silence after which the kernel asks whether the other end is there. Unit: ms. */
const KEEP_ALIVE = 10_000;

/** @throws Error  the URL is none, which settings have been checked for */
export function targetOf(settings: PostgresSettings, applicationName: string): Target {
  const address = addressOf(settings.url ?? '');
  if ('complaint' in address) throw new Error(`url ${address.complaint}`);
  const { user, database, hosts } = address;
  // An empty one is a mistake that the server tells; without any pg would look for it in files of its own.
  const password = (): string => settings.password?.reveal() ?? process.env['PGPASSWORD'] ?? '';
  const plain = new Set<Host>();
  return {
    hosts,
    goesPlain: (host) => {
      if (plain.has(host) || !mayBePlain(settings, address, host.host)) return false;
      plain.add(host);
      return true;
    },
    config: (at) => ({
      ...{ ...at, user, database, password },
      ssl: (!plain.has(at) && tlsFor(settings, address)) satisfies ConnectionOptions | false,
      sslnegotiation: 'postgres',
      types: parsersOver(pg.types.getTypeParser as never),
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE,
      application_name: applicationName,
      pipeline: true,
    }),
  };
}
