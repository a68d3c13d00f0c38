import { type Leave, Room } from '../../concurrency/room.ts';
import { ScimError } from '../../scim/error.ts';

/** Large requests at a time. One processor does their work: more would only be more memory. */
const PLACES = 2;
/** Who waits holds next to nothing; how long is what has to have a bound. */
const QUEUE = 64;
/** Bodies announced, of which the beginning may have come. */
const HUGE_QUEUE = 16;
/** Bytes of bodies in all requests together, parsed or not. */
const BODIES = 32 * 1024 * 1024;
/** Unit: ms. */
const LONGEST_WAIT = 10_000;
/** Unit: s. */
const RETRY_AFTER = 5;

/** What all requests of a process share. */
export class Capacity {
  readonly room = new Room({ places: PLACES, queue: QUEUE });
  /** Parsed, a body takes several times its bytes. */
  readonly hugeBodies = new Room({ places: 1, queue: HUGE_QUEUE });
  /** Requests that have begun and are not over. */
  requests = 0;
  #free: number;

  /** @param largestBody  must fit. Unit: bytes */
  constructor(largestBody: number) {
    this.#free = Math.max(BODIES, largestBody);
  }

  /** Whether there was so much left; then it is taken. Unit: bytes. */
  take(bytes: number): boolean {
    if (bytes > this.#free) return false;
    this.#free -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#free += bytes;
  }
}

export const busy = (): ScimError =>
  new ScimError('throttled', `too many large requests at once; try again in ${RETRY_AFTER} s`, {
    fault: 'large-requests-wait',
    retryAfter: RETRY_AFTER,
  });

/** What one request has of it, until it is over. */
export class Share {
  readonly #capacity: Capacity;
  #bytes = 0;
  #leave: Leave | undefined;
  #leaveHuge: Leave | undefined;
  #isWaiting = false;

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
    capacity.requests += 1;
  }

  /** For its turn, behind other large requests. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Memory for so much of a body, all in all. Unit: bytes. @throws throttled */
  hold(bytes: number): void {
    const more = bytes - this.#bytes;
    if (more <= 0) return;
    if (!this.#capacity.take(more)) throw busy();
    this.#bytes = bytes;
  }

  /** For work that makes others wait: resolves when it is its turn. @throws throttled, unavailable */
  async enter(signal: AbortSignal): Promise<void> {
    this.#leave ??= await this.#turnIn(this.#capacity.room, signal);
  }

  /** For a body of which one at a time is enough; entered before the other room, never from within. @throws as `enter` */
  async enterHuge(signal: AbortSignal): Promise<void> {
    this.#leaveHuge ??= await this.#turnIn(this.#capacity.hugeBodies, signal);
    await this.enter(signal);
  }

  async #turnIn(room: Room, signal: AbortSignal): Promise<Leave> {
    this.#isWaiting = true;
    let leave: Leave | undefined;
    try {
      leave = await room.enter(AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT)]));
    } catch (cause) {
      // What is left of its time would not do.
      if (!signal.aborted) throw busy();
      throw new ScimError('unavailable', 'the request was given up while it waited for others', {
        fault: 'client-gone',
        cause,
      });
    } finally {
      this.#isWaiting = false;
    }
    if (!leave) throw busy();
    return leave;
  }

  /** To be called once. */
  release(): void {
    this.#leave?.();
    this.#leaveHuge?.();
    this.#capacity.requests -= 1;
    this.#capacity.giveBack(this.#bytes);
    this.#bytes = 0;
  }
}
