import { type Caller, Database, type Session } from '../../../postgres/database.ts';
import { migrate } from '../../../postgres/migrate.ts';
import type { PostgresSettings } from '../../../postgres/settings.ts';
import { notFound, ScimError, shown } from '../../../scim/error.ts';
import { fold } from '../../../scim/text.ts';
import type { Definition, KeptCounts } from '../../module/entitlement-keeping.ts';
import { STEPS } from '../schema/migrations.ts';

/** Everybody is looked at before one is taken away. Unit: ms. */
const DEADLINE = 300_000;

export interface EntitlementPlace {
  readonly settings: PostgresSettings;
  readonly schema: string;
}

/** One transaction beside the connectors that have the database open. @throws unavailable */
async function changing<T>({ settings, schema }: EntitlementPlace, work: (session: Session) => Promise<T>): Promise<T> {
  const database = new Database(settings, { schema, deadline: DEADLINE });
  const caller: Caller = { signal: AbortSignal.timeout(DEADLINE) };
  try {
    await database.open();
    await migrate(database, caller, schema, STEPS);
    return await database.transaction(caller, work);
  } finally {
    await database.close();
  }
}

/** A row that was there has its own `xmax`. */
const PUT = `
INSERT INTO scim.entitlement AS e (type, id, name, key, description, created, modified)
SELECT $1, d.id, d.name, d.key, d.description, n.now, n.now
FROM json_to_recordset($2::json) AS d (id text, name text, key text, description text, place int),
  (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint) AS n (now)
ORDER BY d.place
ON CONFLICT (type, id) DO UPDATE
  SET name = excluded.name, key = excluded.key, description = excluded.description, modified = excluded.modified
  WHERE e.name <> excluded.name OR e.description IS DISTINCT FROM excluded.description
RETURNING e.xmax = 0`;

/** One statement, however many. @throws unavailable */
export const putEntitlements = (
  where: EntitlementPlace,
  type: string,
  definitions: readonly Definition[],
): Promise<KeptCounts> =>
  changing(where, async (session) => {
    const rows = definitions.map((one, place) => ({ ...one, key: fold(one.name), place }));
    const written = await session.rows<readonly [boolean]>(PUT, type, JSON.stringify(rows));
    const added = written.filter(([isNew]) => isNew).length;
    return { added, changed: written.length - added, unchanged: definitions.length - written.length };
  });

const given = (attribute: string): string => `
SELECT r.seq, e.value ->> 'value' AS id, coalesce(e.value ->> 'type', $1) AS type
FROM scim.resource AS r, json_array_elements(
  CASE json_typeof(r.doc -> '${attribute}') WHEN 'array' THEN r.doc -> '${attribute}' ELSE '[]' END) AS e
WHERE r.type = 'User'`;

/** The whole table is read: this is a command's, never a request's. */
const HOLDERS = `
SELECT g.id, count(DISTINCT g.seq) FROM (${given('entitlements')} UNION ALL ${given('roles')}) AS g
WHERE g.type = $1 AND g.id IN (SELECT json_array_elements_text($2::json)) GROUP BY g.id`;

const REMOVE = `
DELETE FROM scim.entitlement WHERE type = $1 AND id IN (SELECT json_array_elements_text($2::json)) RETURNING id`;

/** @throws conflict, notFound, unavailable */
export const removeEntitlements = (place: EntitlementPlace, type: string, ids: readonly string[]): Promise<void> =>
  changing(place, async (session) => {
    const holders = new Map(await session.rows<readonly [string, number]>(HOLDERS, type, JSON.stringify(ids)));
    for (const id of ids) {
      const people = holders.get(id) ?? 0;
      if (people === 0) continue;
      const text = `${type} ${shown(id)}: ${people} ${people === 1 ? 'person has' : 'people have'} it; take it away in Okta first`;
      throw new ScimError('conflict', text, { fault: 'entitlement-in-use' });
    }
    const removed = new Set(
      (await session.rows<readonly [string]>(REMOVE, type, JSON.stringify(ids))).map(([id]) => id),
    );
    const missing = ids.find((id) => !removed.has(id));
    if (missing !== undefined) throw notFound(type, missing);
  });
