import { NOW } from './now.ts';
import type { StoredRow } from './stored-row.ts';

/** One resource to be inserted, with what hangs on it but for members. */
export interface InsertedRow extends StoredRow {
  readonly type: string;
  readonly id: string;
  /** Folded, each once. */
  readonly emails: readonly string[];
  /** Id of a user who must be there. */
  readonly manager?: string | undefined;
  readonly hash?: string | undefined;
  /** For the outbox: the record of it and its number. */
  readonly place?: number | undefined;
  readonly record?: string | undefined;
}

/** What became of one. Without `seq` it was not inserted: no such manager, or else the name is taken. */
export type Inserted = readonly [n: number, seq: number | null, created: number | null, managed: boolean];

/**
 * Inserts any number of resources in one statement, which is one transaction: those that fit, whatever becomes of the
 * others. Names in their order, so that two who insert the same ones wait for each other and not both.
 *
 * $1: rows, JSON. $2: the connector. $3, $4: records in its outbox may go that are behind the one, up to the other or NULL.
 */
export const INSERT = `
WITH given AS (
  SELECT * FROM json_to_recordset($1::json) AS g (
    n integer, type text, id text, key text, external_key text, display text, display_key text, doc text, folded text,
    emails json, manager text, hash text, place bigint, record text)
), fit AS MATERIALIZED (
  SELECT g.*, g.manager IS NULL OR coalesce((
    SELECT r.type FROM scim.resource AS r
    WHERE lower(r.id) = lower(g.manager COLLATE "C") AND r.id = g.manager) = 'User', false) AS managed
  FROM given AS g
), made AS (
  INSERT INTO scim.resource
    (type, id, key, external_key, display, display_key, created, modified, version, doc, folded)
  SELECT f.type, f.id, f.key, f.external_key, f.display, f.display_key, t.now, t.now, 1, f.doc::json, f.folded::jsonb
  FROM fit AS f CROSS JOIN (SELECT ${NOW} AS now) AS t
  WHERE f.managed AND NOT EXISTS (SELECT FROM scim.resource AS r WHERE r.type = f.type AND r.key = f.key)
  ORDER BY f.type COLLATE "C", f.key COLLATE "C"
  ON CONFLICT DO NOTHING
  RETURNING seq, id, created
), mailed AS (
  INSERT INTO scim.email (value, seq)
  SELECT e.value, m.seq
  FROM made AS m JOIN fit AS f ON f.id = m.id CROSS JOIN LATERAL json_array_elements_text(f.emails) AS e (value)
), secured AS (
  INSERT INTO scim.password (seq, hash)
  SELECT m.seq, f.hash FROM made AS m JOIN fit AS f ON f.id = m.id WHERE f.hash IS NOT NULL
), told AS (
  INSERT INTO scim.outbox (node, seq, text)
  SELECT $2::text, f.place, f.record FROM made AS m JOIN fit AS f ON f.id = m.id WHERE f.record IS NOT NULL
), swept AS (
  DELETE FROM scim.outbox WHERE node = $2::text AND seq > $3::bigint AND seq <= $4::bigint
)
SELECT f.n, m.seq, m.created, f.managed FROM fit AS f LEFT JOIN made AS m ON m.id = f.id`;
