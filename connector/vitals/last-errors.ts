import { describeFailure } from '../http/failure.ts';
import type { OperationEvent } from '../service/observer.ts';

/** Kinds of errors that are remembered. */
const MOST = 100;

/** Errors of one kind. */
export interface ErrorGroup {
  /** Empty where it was not known which. */
  readonly app: string;
  /** What Okta calls the last of them. */
  readonly message: string;
  readonly reason: string;
  /** As Okta was told, without values. */
  readonly text: string;
  readonly count: number;
  /** ISO 8601, UTC. */
  readonly first: string;
  readonly last: string;
  /** Of the last one, for `explain`. */
  readonly ref: string;
  /** Where the last one came from. */
  readonly address?: string;
}

/** Quoted stands what a client sent, and differs from one to the next; so do numbers. */
const withoutValues = (text: string): string => text.replace(/"[^"]*"/g, '"…"');
const keyOf = (app: string, reason: string, text: string): string => `${app}\n${reason}\n${text.replace(/\d+/g, '#')}`;

/** The last errors, those alike as one. */
export class LastErrors {
  readonly #groups = new Map<string, ErrorGroup>();

  restore(groups: readonly ErrorGroup[]): void {
    for (const group of groups) this.#groups.set(keyOf(group.app, group.reason, group.text), group);
  }

  observe({ call, app, message, outcome, failure }: OperationEvent, now: number): void {
    if (outcome === 'done') return;
    const { reason, message: told } = describeFailure(failure);
    const address = call.client?.address;
    const time = new Date(now).toISOString();
    const text = withoutValues(told);
    const key = keyOf(app, reason, text);
    const before = this.#groups.get(key);
    this.#groups.delete(key);
    this.#groups.set(key, {
      app,
      message,
      reason,
      text,
      count: (before?.count ?? 0) + 1,
      first: before?.first ?? time,
      last: time,
      ref: call.requestId,
      ...(address === undefined ? {} : { address }),
    });
    const [oldest] = this.#groups.keys();
    if (this.#groups.size > MOST && oldest !== undefined) this.#groups.delete(oldest);
  }

  /** The latest first. */
  list(): readonly ErrorGroup[] {
    return [...this.#groups.values()].toReversed();
  }
}
