import { digestOf } from '../../secrets/secret-equality.ts';
import type { AssertionRecord, UsedAssertion } from './assertion-file.ts';

const NOWHERE: AssertionRecord = { read: () => [], add: () => undefined };

/** Assertions that one client may have in force. It asks for a token an hour as a rule, and none lasts longer than minutes. */
const MOST = 50_000;
/** What is forgotten together. Unit: s. */
const SPAN = 60;

/** Which assertions of one client have been used: none is good twice (RFC 7523 §3, point 7). */
export interface AssertionLedger {
  /** @param expires  unit of both times: s since 1970 @throws unavailable  nobody can tell */
  take(id: string, expires: number, now: number): Promise<'new' | 'used' | 'full'> | 'new' | 'used' | 'full';
}

/**
 * The assertions of one client that have been used and have not expired: none is good twice (RFC 7523 §3, point 7). Nothing is
 * forgotten before its time: where there is no room for another, that one is not taken.
 */
export class UsedAssertions implements AssertionLedger {
  readonly #most: number;
  /** By the time at which all of them have expired. */
  readonly #spans = new Map<number, Set<string>>();
  readonly #record: AssertionRecord;
  #count = 0;
  #isRead = false;

  constructor(record = NOWHERE, most = MOST) {
    this.#record = record;
    this.#most = most;
  }

  /** @param expires  unit of both times: s since 1970 */
  take(id: string, expires: number, now: number): 'new' | 'used' | 'full' {
    this.#read(now);
    this.#forget(now);
    // Of one length, however long the client's is.
    const digest = digestOf(id);
    for (const span of this.#spans.values()) if (span.has(digest)) return 'used';
    if (this.#count >= this.#most) return 'full';
    const end = (Math.floor(expires / SPAN) + 1) * SPAN;
    this.#remember({ digest, end });
    this.#record.add({ digest, end }, now);
    return 'new';
  }

  /** Those of before a restart, when the first assertion comes. */
  #read(now: number): void {
    if (this.#isRead) return;
    this.#isRead = true;
    for (const used of this.#record.read(now)) this.#remember(used);
  }

  #remember({ digest, end }: UsedAssertion): void {
    const span = this.#spans.get(end) ?? new Set();
    this.#spans.set(end, span.add(digest));
    this.#count += 1;
  }

  #forget(now: number): void {
    for (const [end, { size }] of this.#spans) {
      if (end > now) continue;
      this.#spans.delete(end);
      this.#count -= size;
    }
  }
}
