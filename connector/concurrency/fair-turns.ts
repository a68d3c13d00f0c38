type Job = () => Promise<void>;
type Lane = Map<string, Job[]>;

export interface FairTurnsOptions {
  /** Tasks of one key that may wait. */
  readonly perKey: number;
  /** Keys that may wait in the reserved lane. */
  readonly reservedKeys: number;
  /** Keys that may wait in the other one. */
  readonly commonKeys: number;
}

/**
 * One task at a time, and each key has its turn before any has another. There are two lanes: where both wait, every second
 * turn belongs to the reserved one, so that however many wait in the other, they cost it no more than half the turns. There the
 * newest key comes first: in a crowd of strangers whoever waited longest has given up soonest.
 */
export class FairTurns {
  readonly #options: FairTurnsOptions;
  readonly #reserved: Lane = new Map();
  readonly #common: Lane = new Map();
  #isRunning = false;
  #reservedIsNext = false;

  constructor(options: FairTurnsOptions) {
    this.#options = options;
  }

  /** Whether another task of `key` would be one too many. */
  isFull(key: string, reserved: boolean): boolean {
    const { perKey, reservedKeys, commonKeys } = this.#options;
    const lane = this.#lane(reserved);
    const own = lane.get(key)?.length ?? 0;
    return (
      own + (this.#lane(!reserved).get(key)?.length ?? 0) >= perKey ||
      (own === 0 && lane.size >= (reserved ? reservedKeys : commonKeys))
    );
  }

  run<T>(key: string, reserved: boolean, task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const lane = this.#lane(reserved);
      const job: Job = () => task().then(resolve, reject);
      lane.set(key, [...(lane.get(key) ?? []), job]);
      this.#next();
    });
  }

  #lane(reserved: boolean): Lane {
    return reserved ? this.#reserved : this.#common;
  }

  #take(reserved: boolean): Job | undefined {
    const lane = this.#lane(reserved);
    const keys = [...lane.keys()];
    return takeFrom(lane, reserved ? keys.at(-1) : keys[0]);
  }

  #next(): void {
    if (this.#isRunning) return;
    this.#reservedIsNext = !this.#reservedIsNext;
    const job = this.#take(this.#reservedIsNext) ?? this.#take(!this.#reservedIsNext);
    if (job === undefined) return;
    this.#isRunning = true;
    void job().finally(() => {
      this.#isRunning = false;
      this.#next();
    });
  }
}

/** What else the key has goes behind the others. */
function takeFrom(lane: Lane, key: string | undefined): Job | undefined {
  if (key === undefined) return undefined;
  const [job, ...rest] = lane.get(key) ?? [];
  lane.delete(key);
  if (rest.length > 0) lane.set(key, rest);
  return job;
}
