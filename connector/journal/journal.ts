import type { Call } from '../backend/backend.ts';
import type { IntendedWrite, Trail, WriteOutcome } from '../backend/trail.ts';
import type { Alarms } from '../log/notices.ts';
import type { Observer, OperationEvent } from '../service/observer.ts';
import type { OperationBegun, TrailSource } from '../service/operation-recorder.ts';
import type { JournalStore, NewIntent } from './journal-store.ts';
import { type Circumstances, makeRecord } from './make-record.ts';
import type { JournalRecord } from './record.ts';
import { type IntentKeeper, RecordTrail } from './record-trail.ts';

export interface JournalOptions {
  readonly store: JournalStore;
  readonly log: Alarms;
  /** Unit: ms. */
  readonly maxAge: number;
  /** Unit: bytes. */
  readonly maxSize: number;
}

interface Announced {
  readonly intent: NewIntent;
  readonly resolve: (name: number | undefined) => void;
}

/** Most that a record of a change waits for others to be written with. Unit: ms. */
const GATHER = 10;
/** Most records that wait. */
const MOST_WAITING = 10_000;
/** How often old records are looked for. Unit: ms. */
const PRUNE_EVERY = 60_000;

const READS: ReadonlySet<OperationEvent['operation']> = new Set(['get', 'list', 'discover']);

/** Something to tell: it changed something, failed, was refused, or was not done as it was asked. */
function isTold({ operation, outcome, changed, hint, ignored, leftOut }: OperationEvent): boolean {
  if (outcome !== 'done') return true;
  if (READS.has(operation) || operation === 'bulk') return false;
  if (operation === 'create' || operation === 'delete' || changed?.length) return true;
  return hint !== undefined || Boolean(ignored?.length) || Boolean(leftOut?.length);
}

/** Keeps a record of every operation that changed something, failed or was refused (docs/journal.md). */
export class Journal implements Observer, TrailSource, IntentKeeper {
  readonly #options: JournalOptions;
  readonly #parts = new WeakMap<Call, number>();
  readonly #trails = new WeakMap<Call, RecordTrail>();
  readonly #pruning: NodeJS.Timeout;
  #records: JournalRecord[] = [];
  #announced: Announced[] = [];
  #settled: { readonly intent: number; readonly outcome: WriteOutcome }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #soon = false;
  #isFailing = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#pruning = setInterval(() => this.#prune(), PRUNE_EVERY).unref();
  }

  begin(begun: OperationBegun): Trail | undefined {
    if (READS.has(begun.operation) || begun.operation === 'bulk') return undefined;
    const trail = new RecordTrail(begun, this, this.#partOf(begun.call));
    this.#trails.set(begun.call, trail);
    return trail;
  }

  observe(event: OperationEvent): void {
    if (!isTold(event)) return;
    this.keep(makeRecord({ ...event, trail: this.#trails.get(event.call) }));
  }

  /** Keeps the record of what was no operation of one request: a whole import, a handshake that failed. */
  keep(record: JournalRecord): void {
    if (this.#records.length < MOST_WAITING) this.#records.push(record);
    this.#timer ??= setTimeout(() => this.flush(), GATHER);
  }

  async intend(write: IntendedWrite, app: string, begun: Circumstances): Promise<(outcome: WriteOutcome) => void> {
    const record = makeRecord({ ...begun, outcome: 'unknown' });
    const name = await new Promise<number | undefined>((resolve) => {
      this.#announced.push({ intent: { app, write, record }, resolve });
      if (this.#soon) return;
      this.#soon = true;
      setImmediate(() => this.flush());
    });
    return (outcome) => {
      if (name === undefined) return;
      this.#settled.push({ intent: name, outcome });
      this.#timer ??= setTimeout(() => this.flush(), GATHER);
    };
  }

  /** Writes what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#soon = false;
    const [records, announced, settled] = [this.#records, this.#announced, this.#settled];
    if (records.length + announced.length + settled.length === 0) return;
    [this.#records, this.#announced, this.#settled] = [[], [], []];
    const intents = announced.map(({ intent }) => intent);
    let names: readonly (number | undefined)[] = [];
    try {
      names = this.#options.store.write({ records, intents, settled }, announced.length > 0);
      this.#isFailing = false;
    } catch (error) {
      this.#tell(error);
    }
    for (const [index, { resolve }] of announced.entries()) resolve(names[index]);
  }

  close(): void {
    clearInterval(this.#pruning);
    this.flush();
    this.#options.store.close();
  }

  #partOf({ whole }: Call): number | undefined {
    if (!whole) return undefined;
    const part = this.#parts.get(whole) ?? 0;
    this.#parts.set(whole, part + 1);
    return part;
  }

  #prune(): void {
    try {
      this.#options.store.prune(this.#options.maxAge, this.#options.maxSize);
    } catch (error) {
      this.#tell(error);
    }
  }

  #tell(error: unknown): void {
    if (!this.#isFailing) this.#options.log.error(`the journal cannot be written: ${String(error)}`);
    this.#isFailing = true;
  }
}
