import type { Call } from '../backend/backend.ts';
import type { IntendedWrite, Outbox, StoredChange, Trail, WriteOutcome } from '../backend/trail.ts';
import type { OperationName } from '../service/observer.ts';
import type { Findings } from '../service/operation-recorder.ts';
import type { OpenWrite } from './app-settler.ts';
import type { Place } from './carriage.ts';
import { type Entry, newKey } from './entry.ts';
import type { Circumstances } from './make-record.ts';

/** An operation that may write, while it runs. */
export interface Begun {
  readonly call: Call;
  readonly app: string;
  readonly operation: OperationName;
  readonly findings: Findings;
  /** Of `performance.now()`. */
  readonly started: number;
}

/** Where what a store tells is kept. */
export interface TrailKeeper {
  /** Resolves once `open` is kept. @returns is told how it ended */
  intend(open: OpenWrite, trail: RecordTrail): Promise<(outcome: WriteOutcome, words?: string) => void>;
  /** @returns the text of the record as it is known by now */
  enclose(trail: RecordTrail, place: Place): string;
}

/** What a store tells of one operation. */
export class RecordTrail implements Trail {
  /** Of its record. */
  readonly key = newKey();
  /** Of a bulk request's operation: which one. */
  readonly part?: number;
  /** What was sent, in the store's language: statements, and writes that were announced. */
  readonly writes: (OpenWrite | string)[] = [];
  /** What was stored, as the store's transaction had it. */
  change?: StoredChange;
  /** The record as it stands beside the change. */
  enclosed?: Entry;
  readonly #begun: Begun;
  /** Where the record stands beside its change; where the change was undone, nothing does. */
  readonly places: Place[] = [];
  readonly #keeper: TrailKeeper;

  constructor(begun: Begun, keeper: TrailKeeper, part: number | undefined) {
    this.#begun = begun;
    this.#keeper = keeper;
    if (part !== undefined) this.part = part;
  }

  get call(): Call {
    return this.#begun.call;
  }

  get app(): string {
    return this.#begun.app;
  }

  enclose(change: StoredChange, seq: number, outbox: Outbox): string {
    this.change = change;
    const place = { outbox, seq };
    this.places.push(place);
    return this.#keeper.enclose(this, place);
  }

  undone(): void {
    delete this.change;
    delete this.enclosed;
    this.writes.length = 0;
  }

  intend(write: IntendedWrite): Promise<(outcome: WriteOutcome, words?: string) => void> {
    const open: OpenWrite = { write };
    this.writes.push(open);
    return this.#keeper.intend(open, this);
  }

  sent(text: string): void {
    this.writes.push(text);
  }

  get announced(): readonly OpenWrite[] {
    return this.writes.filter((one) => typeof one !== 'string');
  }

  /** Where the last of them went to. */
  get server(): string | undefined {
    return this.announced.at(-1)?.write.server;
  }

  /** What is known of the operation by now. */
  get circumstances(): Circumstances {
    const { call, app, operation, findings, started } = this.#begun;
    return {
      call,
      app,
      operation,
      message: findings.message,
      ...findings.details,
      trail: this,
      duration: performance.now() - started,
      backendDuration: 0,
    };
  }
}
