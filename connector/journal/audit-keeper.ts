import type { Anchor } from '../audit/audit-entry.ts';
import { readHead, writeHead } from '../audit/audit-head.ts';
import { AuditTable, headOf } from '../audit/audit-table.ts';
import { logEvent } from '../log/event.ts';
import type { Log } from '../log/log.ts';
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

/** Takes away what is too old, and tells the log where the chain stands, so that its end cannot be cut unseen. */
export class AuditKeeper {
  readonly #options: AuditKeeperOptions;
  readonly #timer: NodeJS.Timeout;
  #told: number | undefined;
  #pruned = Number.NEGATIVE_INFINITY;

  constructor(options: AuditKeeperOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.keep(), ANCHOR_EVERY).unref();
    this.keep();
  }

  close(): void {
    clearInterval(this.#timer);
    this.keep();
  }

  keep(): void {
    try {
      const head = this.#look();
      if (head) this.#tell(head);
    } catch (error) {
      logEvent(this.#options.log, 'auditFails', { detail: error instanceof Error ? error.message : String(error) });
    }
  }

  #look(): Anchor | undefined {
    const { stateDir, key, maxAge } = this.#options;
    const db = openForWriting(journalFile(stateDir));
    try {
      db.pragma('busy_timeout = 1000');
      const now = Date.now();
      if (now - this.#pruned >= DAY) {
        this.#pruned = now;
        new AuditTable(db, key).prune(now - maxAge, new Date(now));
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
