import { randomUUID } from 'node:crypto';
import { describeFailure } from '../http/failure.ts';
import { ScimError } from '../scim/error.ts';
import { isExamination } from '../service/examination.ts';
import type { EventOutcome, Observer, OperationEvent } from '../service/observer.ts';

/** The newest. */
const MOST = 500;
/** Whoever watches asks several times a second; beyond it nobody does. Unit: ms. */
const FORGOTTEN_AFTER = 30_000;

/** Something that reached this connector: a request, or a try to set up TLS. */
export interface Sighting {
  /** Counts up. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly address: string;
  readonly userAgent?: string;
  /** Empty: it is not known which. */
  readonly app: string;
  /** What Okta calls it, `request` where that is not known, `TLS handshake`. */
  readonly message: string;
  readonly outcome: EventOutcome;
  /** Of what was refused or failed, as the client was told it. */
  readonly text?: string;
  /** Code in the catalogue of faults. */
  readonly fault?: string;
  /** For `explain`. */
  readonly ref?: string;
  /** It was the last page of a list of all, or of all changes. */
  readonly isComplete?: true;
  /** Unit: ms. */
  readonly duration: number;
}

/** What has come since the last question. */
export interface Sighted {
  /** Another one: the service was started anew and counts from the beginning. */
  readonly life: string;
  /** Ask for those after this one. */
  readonly last: number;
  readonly sightings: readonly Sighting[];
}

/** A try to set up TLS that failed. */
export interface SightedHandshake {
  readonly address: string;
  readonly text: string;
  readonly fault: string;
}

const isLastPage = ({ page, total }: OperationEvent): boolean =>
  page?.returned !== undefined &&
  (page.isLast === true || (total !== undefined && page.offset + page.returned >= total));

/** All that comes, one by one, for whoever watches. While nobody does, nothing is kept. */
export class Sightings implements Observer {
  readonly #now: () => number;
  readonly #life = randomUUID();
  #kept: Sighting[] = [];
  #last = 0;
  #asked = Number.NEGATIVE_INFINITY;

  /** @param now  ms since 1970 */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  observe(event: OperationEvent): void {
    const { call, app, message, outcome, failure, duration } = event;
    const { client } = call;
    if (!this.#isWatched || client === undefined || call.whole !== undefined || isExamination(call)) return;
    const { fault } = failure instanceof ScimError ? failure : {};
    this.#keep({
      address: client.address,
      ...(client.userAgent === undefined ? {} : { userAgent: client.userAgent }),
      app,
      message,
      outcome,
      ...(outcome === 'done' ? {} : { text: describeFailure(failure).message }),
      ...(fault === undefined ? {} : { fault }),
      ref: call.requestId,
      ...(isLastPage(event) ? { isComplete: true } : {}),
      duration: Math.round(duration),
    });
  }

  handshake({ address, text, fault }: SightedHandshake): void {
    if (!this.#isWatched) return;
    this.#keep({ address, app: '', message: 'TLS handshake', outcome: 'refused', text, fault, duration: 0 });
  }

  /** @param after  number of the last one that is known. Absent: only what comes from now on is wanted */
  since(after?: number): Sighted {
    this.#asked = this.#now();
    const sightings = after === undefined ? [] : this.#kept.filter(({ number }) => number > after);
    return { life: this.#life, last: this.#last, sightings };
  }

  get #isWatched(): boolean {
    if (this.#now() - this.#asked <= FORGOTTEN_AFTER) return true;
    if (this.#kept.length > 0) this.#kept = [];
    return false;
  }

  #keep(sighting: Omit<Sighting, 'number' | 'time'>): void {
    this.#last += 1;
    this.#kept.push({ number: this.#last, time: new Date(this.#now()).toISOString(), ...sighting });
    if (this.#kept.length > MOST) this.#kept.shift();
  }
}
