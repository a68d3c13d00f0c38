/** Taken by whoever writes to the journal, until its statement is over. The number has no meaning but to be ours. */
export const LOCK = `SELECT pg_advisory_xact_lock((${0x5343494a}::bigint << 32) | 'scim.journal'::regclass::oid::bigint)`;
/** Taken by whoever takes old records away, where nobody does so at this moment. */
export const TURN = `SELECT pg_try_advisory_xact_lock((${0x53434951}::bigint << 32) | 'scim.journal'::regclass::oid::bigint) AS ours`;

export const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** Where the copy of a file stands; begun where there is none. $1 node, $2 file, $3 name */
export const POSITION = `
WITH begun AS (
  INSERT INTO scim.journal_copy (node, file, name, seq, retold) VALUES ($1, $2, $3, 0, 0)
  ON CONFLICT (node, file) DO UPDATE SET name = excluded.name
  RETURNING seq, retold)
SELECT seq, retold, ${NOW} FROM begun`;

/**
 * Records, and up to where they were copied, both or neither. One statement, so that nobody who is held up holds up
 * others. Its numbers are given once the lock is had; a record that is there already keeps its own.
 * What is taken over out of a store was done there: it comes after what says that nothing was, and before nothing else.
 * $1 node, $2 file, $3 $4 from, $5 $6 up to, $7 records. Answers whether it was copied from there.
 */
export const COPY = `
WITH lock AS MATERIALIZED (${LOCK}),
moved AS (
  UPDATE scim.journal_copy AS c SET seq = $5, retold = $6 FROM lock
  WHERE c.node = $1 AND c.file = $2 AND c.seq = $3 AND c.retold = $4
  RETURNING 1),
kept AS (
  INSERT INTO scim.journal AS j (key, node, at, app, message, outcome, stranger, adopted, ref, about, size, doc)
  SELECT r.key, $1, r.at, r.app, r.message, r.outcome, r.stranger, r.adopted, r.ref,
    ARRAY(SELECT json_array_elements_text(r.about)), octet_length(r.doc) + octet_length(r.about::text) + 100, r.doc
  FROM moved, ROWS FROM (json_to_recordset($7::json) AS (key text, at bigint, app text, message text, outcome text,
    stranger boolean, adopted text, ref text, about json, doc text))
    WITH ORDINALITY AS r (key, at, app, message, outcome, stranger, adopted, ref, about, doc, place)
  ORDER BY r.place
  ON CONFLICT (key) DO UPDATE SET node = excluded.node, at = excluded.at, message = excluded.message,
    outcome = excluded.outcome, adopted = excluded.adopted, about = excluded.about, doc = excluded.doc
  WHERE CASE WHEN excluded.adopted IS NULL
    THEN (j.doc, j.node) IS DISTINCT FROM (excluded.doc, excluded.node)
      AND NOT (j.adopted IS NOT NULL AND excluded.outcome IN ('refused', 'failed'))
    ELSE j.outcome IN ('refused', 'failed') END
  RETURNING CASE WHEN xmax = 0 THEN size ELSE 0 END AS size),
total AS (
  UPDATE scim.journal_total SET bytes = bytes + (SELECT sum(size) FROM kept) WHERE EXISTS (SELECT FROM kept))
SELECT (SELECT count(*) FROM moved), ${NOW}`;

/** Refusals of requests without a credential that are kept: a scan must not push the history out. */
const MOST_STRANGERS = 10_000;

/**
 * Takes some of the oldest away: $1 older than this (ms), $2 bytes that may be there, $3 most that go. Answers how many
 * went; none where another connector is at it.
 */
export const PRUNE = `
WITH turn AS MATERIALIZED (${TURN}),
lock AS MATERIALIZED (SELECT 1 FROM turn, LATERAL (${LOCK}) AS l WHERE turn.ours),
old AS (SELECT seq FROM scim.journal WHERE at < ${NOW} - $1 ORDER BY at LIMIT $3),
strange AS (
  SELECT seq FROM scim.journal WHERE stranger ORDER BY seq
  LIMIT least($3, greatest(0, (SELECT count(*) FROM scim.journal WHERE stranger) - ${MOST_STRANGERS}))),
much AS (
  SELECT seq FROM scim.journal WHERE (SELECT bytes FROM scim.journal_total) > $2
    AND NOT EXISTS (SELECT FROM old) AND NOT EXISTS (SELECT FROM strange)
  ORDER BY at, seq LIMIT $3),
gone AS (
  DELETE FROM scim.journal AS j USING lock
  WHERE j.seq IN (SELECT seq FROM old UNION SELECT seq FROM strange UNION SELECT seq FROM much)
  RETURNING size),
total AS (
  UPDATE scim.journal_total SET bytes = bytes - (SELECT sum(size) FROM gone) WHERE EXISTS (SELECT FROM gone))
SELECT count(*) FROM gone`;

/** What others took over of this connector while it was away. $1 name, $2 node */
export const ADOPTED = `SELECT key, about, doc FROM scim.journal WHERE adopted = $1 AND node <> $2 ORDER BY seq`;
