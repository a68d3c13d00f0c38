import type { Call } from '../backend/backend.ts';
import type { IntendedWrite, Outbox, StoredChange, Trail, WriteOutcome } from '../backend/trail.ts';
import type { OperationName } from '../service/observer.ts';
import type { Findings } from '../service/operation-recorder.ts';
import type { Place } from './carriage.ts';
import { newKey } from './entry.ts';
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
  intend(write: IntendedWrite, trail: RecordTrail): Promise<(outcome: WriteOutcome) => void>;
  /** @returns the text of the record as it is known by now */
  enclose(trail: RecordTrail, place: Place): string;
}

/** Statements of one operation that a record keeps. */
const MOST_SENT = 50;

/** What a store tells of one operation. */
export class RecordTrail implements Trail {
  /** Of its record. */
  readonly key = newKey();
  /** Of a bulk request's operation: which one. */
  readonly part?: number;
  /** What was sent, in the store's language. */
  readonly lines: string[] = [];
  /** What was stored, as the store's transaction had it. */
  change?: StoredChange;
  readonly #begun: Begun;
  /** Where the record stands beside its change; where the change was undone, nothing does. */
  readonly places: Place[] = [];
  readonly #keeper: TrailKeeper;

  constructor(begun: Begun, keeper: TrailKeeper, part: number | undefined) {
    this.#begun = begun;
    this.#keeper = keeper;
    if (part !== undefined) this.part = part;
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

  async intend(write: IntendedWrite): Promise<(outcome: WriteOutcome) => void> {
    this.sent(write.text);
    return this.#keeper.intend(write, this);
  }

  sent(text: string): void {
    if (this.lines.length < MOST_SENT) this.lines.push(text);
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
