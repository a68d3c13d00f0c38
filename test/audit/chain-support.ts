import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { AuditEntry } from '../../connector/audit/audit-entry.ts';
import { readHead } from '../../connector/audit/audit-head.ts';
import { highestGiven, rowsOf } from '../../connector/audit/audit-table.ts';
import { type Evidence, type Verdict, verify } from '../../connector/audit/verify.ts';
import { openForWriting } from '../../connector/journal/file/open-journal.ts';
import { enter } from '../../connector/operations/audit/audit-log.ts';

export const KEY = Buffer.alloc(32, 7);
export const fileIn = (folder: string): string => join(folder, 'journal.db');

export const entryAt = (second: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  time: new Date(Date.parse('2026-11-28T02:00:00Z') + second * 1000).toISOString(),
  ...{ actor: 'okta', by: 'okta', app: 'hr', action: 'create', outcome: 'done', name: `person${second}` },
  ...more,
});

/** A chain of so many entries, a second between two. */
export const write = (folder: string, count: number, from = 0): void =>
  enter(
    { stateDir: folder, key: KEY },
    Array.from({ length: count }, (_, i) => entryAt(from + i)),
  );

/** As somebody with rights to the file would change it. */
export function tamper(folder: string, change: (db: Database) => void): void {
  const db = openForWriting(fileIn(folder));
  try {
    change(db);
  } finally {
    db.close();
  }
}

/** @param evidence  by default what is beside the file */
export function verdictOn(folder: string, evidence: Partial<Evidence> = {}): Verdict {
  const db = openForWriting(fileIn(folder));
  try {
    const key = evidence.key ?? KEY;
    const head = readHead(folder, key);
    return verify(rowsOf(db), { key, given: highestGiven(db), anchors: head ? [head] : [], ...evidence });
  } finally {
    db.close();
  }
}

/** `changed 3`, `removed 4-6` */
export const problemsOf = (folder: string, evidence?: Partial<Evidence>): string[] =>
  verdictOn(folder, evidence).problems.map(({ kind, from, to }) => `${kind} ${from === to ? from : `${from}-${to}`}`);
