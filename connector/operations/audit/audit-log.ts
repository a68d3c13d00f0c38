import { existsSync } from 'node:fs';
import type { Anchor, AuditEntry, StoredAudit } from '../../audit/audit-entry.ts';
import { readHead, writeHead } from '../../audit/audit-head.ts';
import { type AuditQuery, AuditTable, headOf, highestGiven, rowsOf, selectAudit } from '../../audit/audit-table.ts';
import { type Verdict, verify } from '../../audit/verify.ts';
import { isDamaged } from '../../journal/file/failure.ts';
import { journalFile, openForReading, openForWriting } from '../../journal/file/open-journal.ts';
import { damaged } from '../opened-journal.ts';
import { OperationError } from '../operation-error.ts';

/** Whose audit log it is. */
export interface AuditPlace {
  readonly stateDir: string;
  readonly key: Buffer;
}

/** How long a command waits for the service. Unit: ms. */
const PATIENCE = 5000;

function reading<T>({ stateDir }: Pick<AuditPlace, 'stateDir'>, read: (db: ReturnType<typeof openForReading>) => T): T {
  const file = journalFile(stateDir);
  if (!existsSync(file))
    throw new OperationError(
      'usage',
      `${file}: there is no audit log yet; it begins with the first start of the service`,
    );
  const db = openForReading(file);
  try {
    return read(db);
  } catch (cause) {
    throw isDamaged(cause) ? damaged(file, cause) : cause;
  } finally {
    db.close();
  }
}

/** Enters what a command does. @param entries  none: only proves that some could be @throws Error it cannot be written */
export function enter({ stateDir, key }: AuditPlace, entries: readonly AuditEntry[]): void {
  const db = openForWriting(journalFile(stateDir), PATIENCE);
  try {
    db.pragma('synchronous = FULL');
    const table = new AuditTable(db, key);
    db.transaction(() => {
      for (const entry of entries) table.append(entry);
    }).immediate();
    const [head, before] = [headOf(db), readHead(stateDir, key)];
    // One that is further on is the proof that something is missing.
    if (entries.length > 0 && head && head.seq > (before?.seq ?? 0)) writeHead(stateDir, key, head);
  } finally {
    db.close();
  }
}

/** The newest, oldest of them first. @throws OperationError there is none */
export const listAudit = (place: Pick<AuditPlace, 'stateDir'>, query: AuditQuery): readonly StoredAudit[] =>
  reading(place, (db) => selectAudit(db, query));

export interface Verified extends Verdict {
  /** The log's anchors that it was held to. */
  readonly anchors: number;
}

/**
 * Holds the chain to itself, to `audit.head` and to what the log was told.
 * @param log  lines of the service's log
 * @throws OperationError there is none
 */
export function verifyAudit({ stateDir, key }: AuditPlace, log: string): Verified {
  const anchors = anchorsIn(log);
  const head = readHead(stateDir, key);
  const verdict = reading({ stateDir }, (db) =>
    // In one transaction: the service goes on writing.
    db.transaction(() =>
      verify(rowsOf(db), { key, given: highestGiven(db), anchors: [...anchors, ...(head ? [head] : [])] }),
    )(),
  );
  return { ...verdict, anchors: anchors.length };
}

/** JSON lines with event 504, whatever stands before them on the line. */
function anchorsIn(log: string): readonly Anchor[] {
  return log.split('\n').flatMap((line) => {
    if (!line.includes('"event":504')) return [];
    try {
      const { seq, hash } = JSON.parse(line.slice(line.indexOf('{'))) as Partial<Anchor>;
      return typeof seq === 'number' && typeof hash === 'string' ? [{ seq, hash }] : [];
    } catch {
      return [];
    }
  });
}
