import type { Anchor } from '../audit/audit-entry.ts';
import { readHead, writeHead } from '../audit/audit-head.ts';
import { AuditTable, headOf } from '../audit/audit-table.ts';
import { logEvent } from '../log/event.ts';
import type { Log } from '../log/log.ts';
import { isLocked } from './file/failure.ts';
import { journalFile, openForWriting } from './file/open-journal.ts';

export interface AuditKeeperOptions {
  readonly stateDir: string;
  readonly key: Buffer;
  /** Unit: ms. */
  readonly maxAge: number;
  readonly log: Log;
}

/** How often the log is told where the chain stands. Unit: ms. */
const ANCHOR_EVERY = 3_600_000;
const DAY = 86_400_000;
/** Between two slices of what is too old, and until a file that somebody holds is looked at again. Unit: ms. */
const PAUSE = 100;
const RETRY_LOCKED_AFTER = 1000;

/** Takes away what is too old, and tells the log where the chain stands, so that its end cannot be cut unseen. */
export class AuditKeeper {
  readonly #options: AuditKeeperOptions;
  #timer: NodeJS.Timeout | undefined;
  #told: number | undefined;
  #pruned = Number.NEGATIVE_INFINITY;

  constructor(options: AuditKeeperOptions) {
    this.#options = options;
    this.keep();
  }

  /** Tells once more where the chain stands. */
  close(): void {
    clearTimeout(this.#timer);
    // What is too old can wait for the next start.
    this.#pruned = Number.POSITIVE_INFINITY;
    this.#take();
  }

  /** Now, and again when it is time to. */
  keep(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), this.#take()).unref();
  }

  /** @returns until it is looked at again. Unit: ms */
  #take(): number {
    try {
      const head = this.#look();
      if (head === 'more') return PAUSE;
      if (head) this.#tell(head);
      return ANCHOR_EVERY;
    } catch (error) {
      // Who keeps the journal tells of a lock that stays.
      if (isLocked(error)) return RETRY_LOCKED_AFTER;
      logEvent(this.#options.log, 'auditFails', { detail: error instanceof Error ? error.message : String(error) });
      return ANCHOR_EVERY;
    }
  }

  /** @returns where the chain stands; `more` while there is more to take away */
  #look(): Anchor | 'more' | undefined {
    const { stateDir, key, maxAge } = this.#options;
    const db = openForWriting(journalFile(stateDir));
    try {
      const now = Date.now();
      if (now - this.#pruned >= DAY) {
        if (new AuditTable(db, key).prune(now - maxAge, new Date(now)) > 0) return 'more';
        this.#pruned = now;
      }
      const before = readHead(stateDir, key);
      const stands =
        before === undefined ? undefined : db.prepare('SELECT hash FROM audit WHERE seq = ?').get(before.seq);
      const first = db.prepare('SELECT min(seq) AS seq FROM audit').get() as { readonly seq: number | null };
      const isLost = before && before.seq >= (first.seq ?? 0) && (stands as Anchor | undefined)?.hash !== before.hash;
      // The proof of it is not to be overwritten.
      if (isLost) throw new Error(`entry ${before.seq} is not in it any more; run: scim-connector audit verify`);
      return headOf(db);
    } finally {
      db.close();
    }
  }

  #tell(head: Anchor): void {
    if (head.seq === this.#told) return;
    const { stateDir, key, log } = this.#options;
    writeHead(stateDir, key, head);
    this.#told = head.seq;
    logEvent(log, 'auditAnchor', { seq: head.seq, hash: head.hash });
  }
}
