import { statSync } from 'node:fs';
import type { Connection } from '../connection/connection.ts';
import { unavailable } from '../connection/sqlite-errors.ts';

/** Above this size a full check would make every start slow; `checkIntegrity` does it on request. Unit: bytes. */
const QUICK_CHECK_LIMIT = 32 * 1024 * 1024;

/** Fails on a file whose damage would show later, in the middle of an import. */
export function probe(connection: Connection, file: string): void {
  if (statSync(file).size > QUICK_CHECK_LIMIT) {
    for (const text of PROBES) connection.rows(text);
    return;
  }
  const [verdict] = connection.row<readonly [string]>('PRAGMA quick_check(1)') ?? ['no answer'];
  if (verdict === 'ok') return;
  throw unavailable('database-damaged', `${file} is damaged; restore a backup`, { cause: new Error(verdict) });
}

/** Both ends of every tree: what a truncated or overwritten file loses first, at a price that does not grow. */
const PROBES: readonly string[] = ['ASC', 'DESC'].flatMap((order) => [
  `SELECT doc FROM resource ORDER BY seq ${order} LIMIT 1`,
  `SELECT id FROM resource ORDER BY id ${order} LIMIT 1`,
  `SELECT key FROM resource WHERE type = 'User' ORDER BY key ${order} LIMIT 1`,
  `SELECT key FROM resource WHERE type = 'Group' ORDER BY key ${order} LIMIT 1`,
  `SELECT modified FROM resource WHERE type = 'User' ORDER BY modified ${order} LIMIT 1`,
  `SELECT value FROM email ORDER BY value ${order}, seq ${order} LIMIT 1`,
  `SELECT member_seq FROM membership ORDER BY group_seq ${order}, member_seq ${order} LIMIT 1`,
  `SELECT live FROM block_count ORDER BY type ${order}, block ${order} LIMIT 1`,
]);
