import type { Call } from '../backend/backend.ts';
import type { Trail } from '../backend/trail.ts';
import { ScimError } from '../scim/error.ts';
import type { EventOutcome, Observer, OperationDetails, OperationName } from './observer.ts';

/** What becomes known of an operation while it runs. */
export interface Findings {
  /** What Okta calls it. */
  message: string;
  details: OperationDetails;
}

/** An operation that has begun. */
export interface OperationBegun {
  readonly call: Call;
  readonly app: string;
  readonly operation: OperationName;
  /** As they become known. */
  readonly findings: Findings;
  /** By `performance.now()`. Unit: ms. */
  readonly started: number;
}

/** Gives an operation what its store tells of its writes to. */
export interface TrailSource {
  /** @throws why the operation must not be made */
  begin(begun: OperationBegun): Trail | undefined;
}

export interface RecorderOptions {
  readonly observer: Observer;
  readonly trails?: TrailSource | undefined;
  /** The app's name in the configuration. */
  readonly app: string;
  /** How long the store has been busy for a call. Unit: ms. */
  readonly spentOn: (call: Call) => number;
}

/** The operation of a call that is under way. Those of a bulk request have calls of their own. */
const underWay = new WeakMap<Call, Findings>();

/** What Okta calls the operation that a call is busy with. A request may be answered before it is over: time was up. */
export const runningMessage = (call: Call): string | undefined => underWay.get(call)?.message;

/** The last failure that was told of a call. */
const told = new WeakMap<Call, unknown>();

/** Whether an observer has heard of the failure with its operation, so that nobody need tell of it again. */
export const wasTold = (call: Call, failure: unknown): boolean => told.has(call) && told.get(call) === failure;

/** A `ScimError` says why; anything else is a bug. */
export const outcomeOf = (failure: unknown): EventOutcome => (failure instanceof ScimError ? 'refused' : 'failed');

/** Runs operations of one app and tells of each, once, when it is over. */
export class OperationRecorder {
  readonly #options: RecorderOptions;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** @throws whatever `work` throws */
  async record<T>(
    call: Call,
    operation: OperationName,
    first: Findings,
    work: (findings: Findings) => Promise<T>,
  ): Promise<T> {
    const { observer, app, spentOn, trails } = this.#options;
    const findings: Findings = { ...first };
    const started = performance.now();
    const busy = spentOn(call);
    const around = underWay.get(call);
    underWay.set(call, findings);
    const tell = (outcome: EventOutcome, failure?: unknown): void =>
      observer.observe({
        call,
        app,
        operation,
        message: findings.message,
        ...findings.details,
        outcome,
        ...(failure === undefined ? {} : { failure }),
        duration: performance.now() - started,
        backendDuration: spentOn(call) - busy,
      });
    try {
      const trail = trails?.begin({ call, app, operation, findings, started });
      if (trail) call.trail = trail;
      const result = await work(findings);
      tell('done');
      return result;
    } catch (failure) {
      told.set(call, failure);
      tell(outcomeOf(failure), failure);
      throw failure;
    } finally {
      if (around) underWay.set(call, around);
      else underWay.delete(call);
    }
  }
}
