import { resolve } from 'node:path';
import type { ConnectionOptions } from './connection.ts';
import { explained, openReadOnly } from './open-file.ts';

/** Most problems worth reading; the first already means "restore a backup". */
const MAX_PROBLEMS = 20;

/**
 * Reads the whole database beside a running connector: pages, indexes and references.
 * @returns what is wrong, in SQLite's words; empty when nothing is
 * @throws unavailable  it cannot even be opened, or is not ours
 */
export function checkIntegrity(file: string, options: Pick<ConnectionOptions, 'native'> = {}): string[] {
  const path = resolve(file);
  const connection = openReadOnly(path, options);
  try {
    const problems = connection
      .rows<readonly [string]>(`PRAGMA integrity_check(${MAX_PROBLEMS})`)
      .map(([problem]) => problem)
      .filter((problem) => problem !== 'ok');
    const dangling = connection.rows<readonly [string, number]>('PRAGMA foreign_key_check').slice(0, MAX_PROBLEMS);
    const counted = connection.rows<readonly [string]>(
      `SELECT type FROM resource GROUP BY type, seq >> 12
       EXCEPT SELECT type FROM block_count WHERE live > 0`,
    );
    return [
      ...problems,
      ...dangling.map(([table, row]) => `${table} row ${row} refers to a resource that is gone`),
      ...counted.map(([type]) => `the count of ${type} resources is wrong`),
    ];
  } catch (error) {
    throw explained(path, error);
  } finally {
    connection.close();
  }
}
