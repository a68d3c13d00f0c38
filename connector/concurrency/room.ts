/** A place that has been taken; leaving twice is leaving once. */
export type Leave = () => void;

export interface RoomOptions {
  readonly places: number;
  /** How many may wait for one. */
  readonly queue: number;
}

/** So many at a time; some wait in order, those beyond are told. */
export class Room {
  readonly #options: RoomOptions;
  readonly #waiting = new Set<() => void>();
  #inside = 0;

  constructor(options: RoomOptions) {
    this.#options = options;
  }

  /** How many wait for a place. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Resolves when there is a place; `undefined` when too many wait already.
   * @throws the signal's reason, for whoever does not wait any longer
   */
  async enter(signal: AbortSignal): Promise<Leave | undefined> {
    if (this.#inside < this.#options.places) this.#inside += 1;
    else if (this.#waiting.size < this.#options.queue) await this.#wait(signal);
    else return undefined;
    let isInside = true;
    return () => {
      if (isInside) this.#leave();
      isInside = false;
    };
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#waiting.delete(admit);
        reject(signal.reason);
      };
      const admit = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      if (signal.aborted) reject(signal.reason);
      else {
        this.#waiting.add(admit);
        signal.addEventListener('abort', giveUp, { once: true });
      }
    });
  }

  /** The place goes to whoever has waited longest. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next) {
      this.#waiting.delete(next);
      next();
    } else this.#inside -= 1;
  }
}
