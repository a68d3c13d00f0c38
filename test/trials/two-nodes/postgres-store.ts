import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTOR } from '../../support/postgres/roles.ts';
import type { Bench } from '../trial.ts';
import { DatabaseServers, tomlFor } from './database-servers.ts';
import type { SharedStore } from './pair.ts';

/** A PostgreSQL for people and state of both. */
export interface PostgresStore extends SharedStore {
  readonly servers: DatabaseServers;
}

export async function postgresStore(bench: Bench): Promise<PostgresStore> {
  const servers = await DatabaseServers.start(bench);
  return {
    servers,
    serving: async (place, folder) => {
      const reached = await Promise.all(servers.ports.map((port) => place.toDatabase(port)));
      const file = join(folder, 'connector.toml');
      const hosts = reached.map(({ host, port }) => `${host}:${port}`);
      writeFileSync(file, tomlFor(servers.authorityFile, hosts));
      return { words: ['--config', file], env: { DATABASE_PASSWORD: CONNECTOR.password } };
    },
  };
}
