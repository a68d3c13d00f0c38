import { resolve } from 'node:path';
import { inFile } from '../connection/sqlite-errors.ts';
import { BLOCK_BITS } from '../schema/blocks.ts';
import { openReadOnly } from './open-read-only.ts';

/** Most problems worth reading; the first already means "restore a backup". */
const MAX_PROBLEMS = 20;

const COUNTED = `SELECT type, seq >> ${BLOCK_BITS}, count(*) FROM resource GROUP BY 1, 2`;
const COUNTS = 'SELECT type, block, live FROM block_count WHERE live <> 0';

/** A page may be sound and what stands on it no document. */
const UNREADABLE = `
SELECT type, id FROM resource
WHERE CASE WHEN json_valid(doc) THEN json_type(doc) END IS NOT 'object' LIMIT ${MAX_PROBLEMS}`;

/**
 * Reads the whole database beside a running connector: pages, indexes, documents and references.
 * @returns what is wrong, in SQLite's words; empty when nothing is
 * @throws unavailable  it cannot even be opened, or is not ours
 */
export function checkIntegrity(file: string): string[] {
  const path = resolve(file);
  const connection = openReadOnly(path);
  try {
    const problems = connection
      .rows<readonly [string]>(`PRAGMA integrity_check(${MAX_PROBLEMS})`)
      .map(([problem]) => problem)
      .filter((problem) => problem !== 'ok');
    const dangling = connection.rows<readonly [string, number]>('PRAGMA foreign_key_check').slice(0, MAX_PROBLEMS);
    const unreadable = connection.rows<readonly [string, string]>(UNREADABLE);
    const miscounted = connection.rows<readonly [string]>(
      `SELECT DISTINCT type FROM (${COUNTED} EXCEPT ${COUNTS}) UNION SELECT type FROM (${COUNTS} EXCEPT ${COUNTED})`,
    );
    return [
      ...problems,
      ...unreadable.map(([type, id]) => `the document of ${type} ${id} cannot be read`),
      ...dangling.map(([table, row]) => `${table} row ${row} refers to a resource that is gone`),
      ...miscounted.map(([type]) => `the count of ${type} resources is wrong`),
    ];
  } catch (error) {
    throw inFile(path, error);
  } finally {
    connection.close();
  }
}
