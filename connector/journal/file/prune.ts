import type { Database } from 'better-sqlite3';
import { auditSize } from '../../audit/audit-table.ts';

/** Most that go at once: a few ms. */
const SLICE = 200;
/** Refusals of requests without a credential that are kept: a scan must not push the history out. */
const MOST_STRANGERS = 10_000;

const OLDEST = 'DELETE FROM record WHERE seq IN (SELECT seq FROM record ORDER BY seq LIMIT ?)';
const STRANGERS = `DELETE FROM record WHERE seq IN (
  SELECT seq FROM record WHERE stranger = 1 ORDER BY seq
  LIMIT min(?, max(0, (SELECT count(*) FROM record WHERE stranger = 1) - ${MOST_STRANGERS})))`;

/** What records take; pages that are free are used again, and the audit log in the file has bounds of its own. Unit: bytes. */
export function usedSize(db: Database): number {
  const of = (name: string): number => Number(db.pragma(name, { simple: true }));
  return (of('page_count') - of('freelist_count')) * of('page_size') - auditSize(db);
}

/** @returns how many went */
export function prune(db: Database, maxAge: number, maxSize: number): number {
  const strangers = db.prepare(STRANGERS).run(SLICE).changes;
  const old = db
    .prepare('DELETE FROM record WHERE seq IN (SELECT seq FROM record WHERE time < ? ORDER BY time LIMIT ?)')
    .run(Date.now() - maxAge, SLICE).changes;
  if (strangers + old > 0) return strangers + old;
  return usedSize(db) > maxSize ? db.prepare(OLDEST).run(SLICE).changes : 0;
}
