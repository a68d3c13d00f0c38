import { logEvent } from '../../log/event.ts';
import type { Log } from '../../log/log.ts';
import { type Reason, ScimError } from '../../scim/error.ts';
import type { Observer, OperationEvent } from '../../service/observer.ts';
import { SlidingCount } from './sliding-count.ts';

export interface FailureWatchOptions {
  readonly log: Log;
  /** Unit: ms. */
  readonly window: number;
  /** Told from so many on, when they are this part of all. */
  readonly failures: number;
  readonly failurePercent: number;
  /** An operation failed because its store could not be reached. */
  readonly onUnavailable: (app: string) => void;
  /** Unit: ms, from any start. */
  readonly now?: () => number;
}

/** What is no failure of the connector's: Okta asks whether somebody is there, and an agent who may not. */
const ORDINARY: ReadonlySet<Reason> = new Set(['notFound', 'unauthorized', 'throttled', 'versionMismatch']);

interface AppCounts {
  readonly all: SlidingCount;
  readonly failed: SlidingCount;
  readonly reasons: Map<string, number>;
  isTold: boolean;
}

const reasonOf = ({ outcome, failure }: OperationEvent): Reason | 'internal' | undefined => {
  if (outcome === 'done') return undefined;
  return failure instanceof ScimError ? failure.reason : 'internal';
};

/** Counts what fails, for each app. */
export class FailureWatch implements Observer {
  readonly #options: FailureWatchOptions;
  readonly #now: () => number;
  readonly #apps = new Map<string, AppCounts>();

  constructor(options: FailureWatchOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  observe(event: OperationEvent): void {
    const { app, operation } = event;
    // Of a bulk request its operations are told one by one.
    if (app === '' || operation === 'bulk') return;
    const now = this.#now();
    const counts = this.#countsOf(app);
    const reason = reasonOf(event);
    counts.all.add(now);
    if (reason === 'unavailable') this.#options.onUnavailable(app);
    if (reason === undefined || (reason !== 'internal' && ORDINARY.has(reason))) return;
    counts.failed.add(now);
    counts.reasons.set(reason, (counts.reasons.get(reason) ?? 0) + 1);
    this.#judge(app, counts, now);
  }

  /** To be called now and then: failures end when nothing comes, too. */
  look(): void {
    for (const [app, counts] of this.#apps) this.#judge(app, counts, this.#now());
  }

  #countsOf(app: string): AppCounts {
    const { window } = this.#options;
    const known = this.#apps.get(app);
    if (known) return known;
    const counts: AppCounts = {
      ...{ all: new SlidingCount(window), failed: new SlidingCount(window) },
      ...{ reasons: new Map<string, number>(), isTold: false },
    };
    this.#apps.set(app, counts);
    return counts;
  }

  #judge(app: string, counts: AppCounts, now: number): void {
    const { failures, failurePercent, log } = this.#options;
    const [failed, all] = [counts.failed.count(now), counts.all.count(now)];
    if (failed === 0) counts.reasons.clear();
    const many = failed >= failures && failed * 100 >= failurePercent * all;
    if (many === counts.isTold) return;
    counts.isTold = many;
    if (!many) {
      logEvent(log, 'fewFailures', { app, failed, operations: all });
      return;
    }
    const [mostly] = [...counts.reasons].toSorted(([, a], [, b]) => b - a).map(([reason]) => reason);
    logEvent(
      log,
      'manyFailures',
      { app, failed, operations: all },
      `${failed} of ${all} operations fail, mostly: ${mostly}`,
    );
  }
}
