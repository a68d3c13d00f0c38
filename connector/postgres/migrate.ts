import type { Caller, Database } from './database.ts';
import { unavailable } from './postgres-errors.ts';
import { SETTLEMENT_TABLE } from './settlement.ts';

/** Two connectors that start at once: the second waits, and finds all done. The number has no meaning but to be ours. */
const LOCK = 0x5343494d;

const TABLE =
  'CREATE TABLE IF NOT EXISTS scim.migration (step integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Brings the schema to the last of `steps`, all of them or none; each takes it one further, and released ones never change.
 * @param schema  that holds the tables; made where it is missing and the role may
 * @throws unavailable  the schema is that of a newer program, or the role may not make it
 */
export async function migrate(
  database: Database,
  caller: Caller,
  schema: string,
  steps: readonly string[],
): Promise<void> {
  await database.transaction(caller, async (session) => {
    await session.rows('SELECT pg_advisory_xact_lock($1, hashtext($2))', LOCK, schema);
    const [found] = await session.rows('SELECT 1 FROM pg_namespace WHERE nspname = $1', schema);
    if (!found) await session.run(`CREATE SCHEMA ${quoted(schema)}`);
    await session.run(TABLE);
    await session.run(SETTLEMENT_TABLE);
    const [[done = 0] = []] = await session.rows<readonly [number]>(
      'SELECT coalesce(max(step), 0) FROM scim.migration',
    );
    if (done > steps.length)
      throw unavailable(
        'database-too-new',
        `the schema ${schema} was written by a newer version of this connector (step ${done}, this version knows ${steps.length}); install that version`,
      );
    for (const [index, step] of steps.entries()) {
      if (index < done) continue;
      // Without parameters a text may hold several statements.
      await session.run(step);
      await session.run('INSERT INTO scim.migration (step) VALUES ($1)', index + 1);
    }
  });
  database.settles();
}
