/** Who it is, for people. */
export interface Example {
  readonly id: string;
  /** `userName` or `displayName`; empty where there is none. */
  readonly name: string;
  /** What exactly is wrong, where the kind does not say it. */
  readonly text?: string;
}

/** How often something was found, and the first of them. */
export interface Found {
  readonly count: number;
  readonly examples: readonly Example[];
}

/** Counts by kind, and keeps the first few of each: memory does not grow with what is counted. */
export class Examples<Kind extends string> {
  readonly #most: number;
  readonly #found = new Map<Kind, { count: number; readonly examples: Example[] }>();

  /** @param most  examples of one kind */
  constructor(most: number) {
    this.#most = most;
  }

  add(kind: Kind, example: Example): void {
    const found = this.#found.get(kind) ?? { count: 0, examples: [] };
    found.count += 1;
    if (found.examples.length < this.#most) found.examples.push(example);
    this.#found.set(kind, found);
  }

  of(kind: Kind): Found {
    return this.#found.get(kind) ?? { count: 0, examples: [] };
  }
}
