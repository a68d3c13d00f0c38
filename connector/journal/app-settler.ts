import { setTimeout as pause } from 'node:timers/promises';
import type { IntendedWrite, Settlement, WriteOutcome } from '../backend/trail.ts';
import { outcomeOfAll } from './announced-write.ts';
import type { Entry } from './entry.ts';
import type { RecordOutcome } from './record.ts';

/** Asks a store whether a write came about. @throws Error when it cannot be asked now */
export type Look = (write: IntendedWrite, signal: AbortSignal) => Promise<Settlement>;

/** A write that was announced. */
export interface OpenWrite {
  readonly write: IntendedWrite;
  /** Absent: nobody has told. */
  outcome?: WriteOutcome;
  words?: string;
}

/** An operation of whose writes some have no end. */
export interface OpenOperation {
  /** Of its record, as far as that is known. */
  readonly entry: Entry;
  readonly app: string;
  /** When the last of its writes was announced. Unit: ms since 1970. */
  readonly announced: number;
  readonly writes: readonly OpenWrite[];
}

export interface SettlerOptions {
  /** Is told what became of an operation. */
  readonly tell: (operation: OpenOperation, outcome: RecordOutcome) => void;
  /** Since it was announced: what a slow server has not done by then it is not going to do. Unit: ms. */
  readonly patience: number;
  /** The same where somebody waits to write there again. Unit: ms. */
  readonly shortPatience: number;
  /** Between looks at a store that is away: at first and at most. Unit: ms. */
  readonly backOff: { readonly first: number; readonly longest: number };
}

/** One of which it is still to be found out. */
export interface Pending {
  readonly operation: OpenOperation;
  readonly over: PromiseWithResolvers<void>;
  /** Somebody waits for it. */
  isUrgent: boolean;
}

/** Of one look. Unit: ms. */
const DEADLINE = 10_000;
/** Until what may still be done is looked at again. Unit: ms. */
const AGAIN = 250;
/** What nobody could be asked about for so long stays unknown. Unit: ms. */
const FORGOTTEN = 7 * 86_400_000;

/** The work for one app: its operations one after the other, for as long as there are any. */
export class AppSettler {
  readonly pending = new Set<Pending>();
  look: Look | undefined;
  readonly #options: SettlerOptions;
  #wake = Promise.withResolvers<void>();
  #running = false;
  readonly #closed: AbortSignal;

  constructor(options: SettlerOptions, closed: AbortSignal) {
    this.#options = options;
    this.#closed = closed;
  }

  start(): void {
    this.#wake.resolve();
    if (this.#running || !this.look || this.pending.size === 0) return;
    this.#running = true;
    void this.#run().finally(() => {
      this.#running = false;
    });
  }

  async #run(): Promise<void> {
    const { first, longest } = this.#options.backOff;
    let away = 0;
    while (this.pending.size > 0 && this.look && !this.#closed.aborted) {
      this.#wake = Promise.withResolvers();
      const isAway = await this.#lookAtAll();
      if (this.pending.size === 0) return;
      away = isAway ? Math.min(longest, away === 0 ? first : away * 2) : 0;
      const waiting = pause(isAway ? away : AGAIN, undefined, { ref: false, signal: this.#closed }).catch(() => {});
      // Who comes to wait for one of them does not make a store that is away come back.
      await (isAway ? waiting : Promise.race([waiting, this.#wake.promise]));
    }
  }

  /** @returns whether the store cannot be asked now */
  async #lookAtAll(): Promise<boolean> {
    for (const one of [...this.pending].toSorted((a, b) => Number(b.isUrgent) - Number(a.isUrgent))) {
      try {
        await this.#lookAt(one);
      } catch {
        return true;
      }
    }
    return false;
  }

  async #lookAt({ operation, isUrgent, over }: Pending): Promise<void> {
    const { patience, shortPatience, tell } = this.#options;
    const age = Date.now() - operation.announced;
    const isPatient = age >= (isUrgent ? shortPatience : patience);
    for (const open of operation.writes) {
      if (open.outcome !== undefined) continue;
      const found = age > FORGOTTEN ? 'unknown' : await this.#ask(open.write);
      // A write that is on its way, or under way in a slow server, may still come.
      if (found !== 'not done' || isPatient) open.outcome = found;
    }
    if (operation.writes.some(({ outcome }) => outcome === undefined)) return;
    for (const one of this.pending) if (one.operation === operation) this.pending.delete(one);
    tell(operation, outcomeOfAll(operation.writes));
    over.resolve();
  }

  async #ask(write: IntendedWrite): Promise<Settlement> {
    if (!this.look) throw new Error('the store is not open');
    return this.look(write, AbortSignal.any([this.#closed, AbortSignal.timeout(DEADLINE)]));
  }
}
