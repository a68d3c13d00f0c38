import pg from 'pg';
import type { Surroundings } from '../../../connector/backend/module/backend-module.ts';
import { PostgresBackend } from '../../../connector/backend/postgres/postgres-backend.ts';
import { needsPostgres } from '../../support/postgres/installed.ts';
import { type PeopleDatabase, peopleDatabase } from '../../support/postgres/people-database.ts';
import { ADMIN } from '../../support/postgres/roles.ts';
import { sharedServer } from '../../support/postgres/shared-server.ts';

/** Somebody else in a transaction of his own. */
export interface Rival {
  /** Within the transaction; begins it. */
  run(text: string, values?: readonly unknown[]): Promise<readonly unknown[][]>;
  /** Resolves once so many of the connectors' statements wait for a lock. */
  blocks(count: number): Promise<void>;
  commit(): Promise<void>;
  rollBack(): Promise<void>;
}

/** Two connectors on one database, with nobody in it. */
export interface TwoConnectors {
  readonly database: PeopleDatabase;
  readonly a: PostgresBackend;
  readonly b: PostgresBackend;
  rival(): Promise<Rival>;
}

const WAITING = `SELECT count(*)::int FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name LIKE 'scim%'`;

async function rivalIn(name: string): Promise<Rival & { end(): Promise<void> }> {
  const { port } = await sharedServer();
  const [client, watcher] = [0, 1].map(() => new pg.Client({ host: '127.0.0.1', port, user: ADMIN, database: name }));
  if (!client || !watcher) throw new Error('there are two');
  for (const one of [client, watcher]) {
    one.on('error', () => undefined);
    await one.connect();
  }
  let isIn = false;
  const finish = async (text: string): Promise<void> => {
    isIn = false;
    await client.query(text);
  };
  return {
    run: async (text, values = []) => {
      if (!isIn) await client.query('BEGIN');
      isIn = true;
      return (await client.query({ text, values: [...values], rowMode: 'array' })).rows;
    },
    blocks: async (count) => {
      for (;;) {
        const { rows } = await watcher.query<{ count: number }>(WAITING);
        if ((rows[0]?.count ?? 0) >= count) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    commit: () => finish('COMMIT'),
    rollBack: () => finish('ROLLBACK'),
    end: async () => {
      await client.end();
      await watcher.end();
    },
  };
}

/** Fresh ones for each test; call inside `describe`. */
export function twoConnectors(surroundings: Surroundings = {}): TwoConnectors {
  let database: PeopleDatabase;
  let backends: readonly [PostgresBackend, PostgresBackend];
  let rivals: Awaited<ReturnType<typeof rivalIn>>[] = [];
  before(needsPostgres);
  beforeEach(async () => {
    database = await peopleDatabase();
    const make = (node: string) => new PostgresBackend(database.settings, { ...surroundings, node });
    backends = [make('node-a'), make('node-b')];
    for (const backend of backends) await backend.open();
  });
  afterEach(async () => {
    for (const rival of rivals) await rival.end();
    rivals = [];
    for (const backend of backends) await backend.close();
    await database.giveBack();
  });
  return {
    get database() {
      return database;
    },
    get a() {
      return backends[0];
    },
    get b() {
      return backends[1];
    },
    rival: async () => {
      const rival = await rivalIn(database.fresh.name);
      rivals.push(rival);
      return rival;
    },
  };
}
