import { setTimeout as pause } from 'node:timers/promises';
import type { LeftOutboxes, Outbox } from '../backend/trail.ts';

/** The connectors that live, by their nodes. @throws Error it cannot be known now */
export type LiveNodes = () => Promise<ReadonlySet<string>>;

export interface AdoptionOptions {
  /** Of this connector. */
  readonly node: string;
  readonly liveNodes: LiveNodes;
  /** Carries an outbox to the journal. */
  readonly carry: (outbox: Outbox) => Promise<void>;
  /** From one look to the next. Unit: ms. */
  readonly every?: number;
}

const EVERY = 10_000;

/** Tells what connectors that are gone have left untold beside their changes. */
export class Adoption {
  readonly #options: AdoptionOptions;
  readonly #stores = new Map<string, LeftOutboxes>();
  readonly #closing = new AbortController();

  constructor(options: AdoptionOptions) {
    this.#options = options;
    void this.#go();
  }

  /** The store of an app is open, or another one has taken its place. @param left  undefined: it is shared with nobody */
  serve(app: string, left: LeftOutboxes | undefined): void {
    if (left) this.#stores.set(app, left);
    else this.#stores.delete(app);
  }

  /** Now. A store or a list of connectors that cannot be had is asked the next time. */
  async look(): Promise<void> {
    const { node, liveNodes, carry } = this.#options;
    if (this.#stores.size === 0) return;
    try {
      const live = await liveNodes();
      // Where this one itself is not heard of, others are not either.
      if (!live.has(node)) return;
      for (const left of this.#stores.values())
        for (const outbox of await left.takeOver((one) => !live.has(one))) await carry(outbox);
    } catch {
      // Whose it is says so.
    }
  }

  close(): void {
    this.#closing.abort();
  }

  async #go(): Promise<void> {
    const { signal } = this.#closing;
    const { every = EVERY } = this.#options;
    while (!signal.aborted) {
      await pause(every, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) await this.look();
    }
  }
}
