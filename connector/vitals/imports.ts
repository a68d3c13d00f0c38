import { describeFailure } from '../http/failure.ts';
import type { JournalRecord } from '../journal/record.ts';
import type { OperationEvent, PageDetails } from '../service/observer.ts';
import { type ImportRun, importRecord } from './import-run.ts';

/** After this long without a page an import is taken for given up. Unit: ms. */
export const SILENCE = 60_000;
/** Imports that run at once: apps, types and agents. */
const MOST = 64;
/** Who asks for fewer is looking, not importing; agents ask for hundreds. */
const LEAST_PAGE = 10;

/** How far a running import is. */
export interface ImportProgress {
  readonly app: string;
  readonly type: string;
  readonly message: string;
  readonly actor: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly pages: number;
  readonly read: number;
  readonly total: number;
  /** Resources in a second. */
  readonly rate: number;
  /** When its last page was answered. ISO 8601, UTC. */
  readonly last: string;
  /** ISO 8601, UTC; absent where it cannot be told. */
  readonly expectedEnd?: string;
}

export interface ImportsOptions {
  readonly onEnd: (record: JournalRecord) => void;
  /** ms since 1970. */
  readonly now: () => number;
}

type PageEvent = OperationEvent & { readonly page: PageDetails };

const isPage = (event: OperationEvent): event is PageEvent => event.page !== undefined;

/**
 * Makes one of the pages of an import: each is asked for by itself, over any connection, by any agent of the app, and what
 * there is may change between two of them.
 */
export class Imports {
  readonly #options: ImportsOptions;
  #runs: ImportRun[] = [];

  constructor(options: ImportsOptions) {
    this.#options = options;
  }

  get running(): readonly ImportRun[] {
    return this.#runs;
  }

  /** Ends those that an earlier process has left. */
  stopped(runs: readonly ImportRun[]): void {
    for (const run of runs) this.#options.onEnd(importRecord(run, 'stopped'));
  }

  observe(event: OperationEvent): void {
    if (!isPage(event)) return;
    const run = this.#runOf(event);
    if (event.outcome === 'done') this.#goOn(event, run);
    else if (run) {
      const { reason, message } = describeFailure(event.failure);
      run.failure = { outcome: event.outcome, reason, text: message };
      run.last = this.#options.now();
    }
  }

  /** Ends those of which nothing was heard for long. */
  sweep(): void {
    const now = this.#options.now();
    for (const run of this.#runs.filter(({ last }) => now - last >= SILENCE)) this.#end(run, 'silence');
  }

  progress(): readonly ImportProgress[] {
    return this.#runs.map(({ app, type, message, actor, started, last, pages, read, total }) => {
      const elapsed = Math.max(1, last - started);
      const rate = (read / elapsed) * 1000;
      const left = (total - read) / rate;
      return {
        app,
        type,
        message,
        actor,
        started: new Date(started).toISOString(),
        pages,
        read,
        total,
        rate: Math.round(rate * 10) / 10,
        last: new Date(last).toISOString(),
        // One page alone says nothing of the time between two.
        ...(pages > 1 && Number.isFinite(left) ? { expectedEnd: new Date(last + left * 1000).toISOString() } : {}),
      };
    });
  }

  /** The import that a page belongs to: the one that waits for it, or asks for it again, or has lost some before it. */
  #runOf({ app, call, type, page }: PageEvent): ImportRun | undefined {
    const same = this.#runs.filter(
      (run) => run.app === app && run.actor === call.actor && run.type === type && run.since === page.since,
    );
    const { offset } = page;
    // The first page again: its answer was lost.
    if (offset === 0) return same.find(({ pages }) => pages === 1);
    return same.find(({ read }) => read === offset) ?? same.findLast((run) => run.offset <= offset);
  }

  #goOn(event: PageEvent, found: ImportRun | undefined): void {
    const { page, total = 0, call, duration, backendDuration } = event;
    const { offset, limit, returned = 0 } = page;
    if (!found && (offset > 0 || limit < LEAST_PAGE)) return;
    const now = this.#options.now();
    const run = found ?? this.#begin(event, now - duration);
    if (!run) return;
    run.last = now;
    run.pages += 1;
    run.offset = offset;
    run.read = offset + returned;
    run.total = total;
    run.busy += backendDuration;
    if (call.client) run.client = call.client;
    delete run.failure;
    // An empty page is the end too: what there was may have become less.
    if (run.read >= total || returned === 0 || page.isLast) this.#end(run, 'done');
  }

  #begin({ app, call, type, message, page }: PageEvent, started: number): ImportRun | undefined {
    if (type === undefined || this.#runs.length >= MOST) return undefined;
    const run: ImportRun = {
      app,
      actor: call.actor,
      type,
      message,
      ...(page.since === undefined ? {} : { since: page.since }),
      ref: call.requestId,
      started,
      last: started,
      pages: 0,
      offset: 0,
      read: 0,
      total: 0,
      busy: 0,
    };
    this.#runs.push(run);
    return run;
  }

  #end(run: ImportRun, end: 'done' | 'silence'): void {
    this.#runs = this.#runs.filter((one) => one !== run);
    this.#options.onEnd(importRecord(run, end));
  }
}
