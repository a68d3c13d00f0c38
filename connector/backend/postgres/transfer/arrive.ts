import { addressOf } from '../../../postgres/address.ts';
import { type Caller, Database } from '../../../postgres/database.ts';
import { migrate } from '../../../postgres/migrate.ts';
import { brokenConstraint, unavailable } from '../../../postgres/postgres-errors.ts';
import type { PostgresSettings } from '../../../postgres/settings.ts';
import { ScimError } from '../../../scim/error.ts';
import type { Arrival, GivenNumbers } from '../../module/moving.ts';
import { STEPS } from '../schema/migrations.ts';
import { advance, beginMove, discardMove, standingFor } from './move-mark.ts';
import { objections } from './objections.ts';
import { putBatch } from './put-batch.ts';
import { readBack } from './read-back.ts';

/** Longest that a statement may run. Unit: ms. */
const DEADLINE = 60_000;

/** Numbers go on after those that were given; an empty sequence begins at 1. */
const CONTINUE = (table: string): string =>
  `SELECT setval(pg_get_serial_sequence('scim.${table}', 'seq'), greatest($1::bigint, 1), $1::bigint > 0)`;

/** Whoever pages by these sums would get a short list were one of them wrong. */
const MISCOUNTED = `
SELECT count(*) FROM
  (SELECT type, seq >> 12 AS block, count(*) AS live FROM scim.resource GROUP BY 1, 2) AS r
  FULL JOIN (SELECT type, block, sum(live) AS live FROM scim.block_count GROUP BY 1, 2) AS c USING (type, block)
WHERE r.live IS DISTINCT FROM c.live AND coalesce(r.live, 0) <> coalesce(c.live, 0)`;

async function finish(database: Database, caller: Caller, given: GivenNumbers): Promise<void> {
  await database.transaction(caller, async (session) => {
    const [[wrong] = [0]] = await session.rows<readonly [number]>(MISCOUNTED);
    if (wrong > 0) throw unavailable('database-damaged', 'the numbers of people do not agree with the people');
    await session.rows(CONTINUE('resource'), given.resources);
    await session.rows(CONTINUE('entitlement'), given.entitlements);
    await session.run('UPDATE scim.move SET finished = clock_timestamp()');
  });
  // Plans of a table that was empty a moment ago would be those of an empty table.
  await database.run(caller, 'ANALYZE scim.resource, scim.email, scim.membership, scim.password');
}

/** People are written in the schema, in the form that a connector keeps them in. @throws unavailable */
export async function arriveIn(settings: PostgresSettings, schema: string, signal: AbortSignal): Promise<Arrival> {
  const address = addressOf(settings.url ?? '');
  if ('complaint' in address) {
    const text = `apps.NAME.postgres.url: ${settings.url === undefined ? 'missing; it ' : ''}${address.complaint}`;
    throw new ScimError('invalidValue', text, { fault: 'configuration-invalid' });
  }
  const database = new Database(settings, { schema, deadline: DEADLINE });
  const caller: Caller = { signal };
  await database.open();
  return {
    place: `PostgreSQL (${address.hosts.map(({ host, port }) => `${host}:${port}`).join(',')}/${address.database}, schema ${schema})`,
    objections,
    look: async (content) => {
      const [found] = await database.rows(caller, "SELECT FROM pg_class WHERE oid = to_regclass('scim.move')");
      const nothing = { kind: 'begun', after: undefined, done: 0 } as const;
      if (!found) return nothing;
      return (
        (await standingFor({ rows: (text, ...params) => database.rows(caller, text, ...params) }, content)) ?? nothing
      );
    },
    begin: async (content) => {
      await migrate(database, caller, schema, STEPS);
      return database.transaction(caller, (session) => beginMove(session, content));
    },
    discard: async () => {
      await migrate(database, caller, schema, STEPS);
      await database.transaction(caller, discardMove);
    },
    put: async (batch) => {
      try {
        await database.transaction(caller, async (session) => {
          if (await advance(session, batch)) await putBatch(session, batch);
        });
      } catch (error) {
        if (brokenConstraint(error) === undefined) throw error;
        const text =
          'PostgreSQL: somebody else writes to the schema that people move into; stop every connector that serves from it, and run the move with --restart';
        throw new ScimError('conflict', text, { fault: 'database-in-use', cause: error });
      }
    },
    kept: () => readBack(database, caller),
    finish: (given) => finish(database, caller, given),
    close: () => database.close(),
  };
}
