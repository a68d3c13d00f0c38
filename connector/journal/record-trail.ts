import type { Call } from '../backend/backend.ts';
import type { IntendedWrite, StoredChange, Trail, WriteOutcome } from '../backend/trail.ts';
import type { OperationName } from '../service/observer.ts';
import type { Findings } from '../service/operation-recorder.ts';
import type { Circumstances } from './make-record.ts';
import { makeRecord } from './make-record.ts';

/** An operation that may write, while it runs. */
export interface Begun {
  readonly call: Call;
  readonly app: string;
  readonly operation: OperationName;
  readonly findings: Findings;
  /** Of `performance.now()`. */
  readonly started: number;
}

/** Where intended writes are kept. */
export interface IntentKeeper {
  intend(write: IntendedWrite, app: string, circumstances: Circumstances): Promise<(outcome: WriteOutcome) => void>;
}

/** Statements of one operation that a record keeps. */
const MOST_SENT = 50;

/** What a store tells of one operation. */
export class RecordTrail implements Trail {
  /** Of a bulk request's operation: which one. */
  readonly part?: number;
  /** What was sent, in the store's language. */
  readonly lines: string[] = [];
  /** What was stored, as the store's transaction had it. */
  change?: StoredChange;
  readonly #begun: Begun;
  readonly #keeper: IntentKeeper;

  constructor(begun: Begun, keeper: IntentKeeper, part: number | undefined) {
    this.#begun = begun;
    this.#keeper = keeper;
    if (part !== undefined) this.part = part;
  }

  enclose(change: StoredChange): string {
    this.change = change;
    return JSON.stringify(makeRecord({ ...this.#circumstances(), outcome: 'done' }));
  }

  async intend(write: IntendedWrite): Promise<(outcome: WriteOutcome) => void> {
    this.sent(write.text);
    return this.#keeper.intend(write, this.#begun.app, this.#circumstances());
  }

  sent(text: string): void {
    if (this.lines.length < MOST_SENT) this.lines.push(text);
  }

  #circumstances(): Circumstances {
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
