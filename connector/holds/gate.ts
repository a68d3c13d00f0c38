import type { Call, Gauge } from '../backend/backend.ts';
import { ScimError } from '../scim/error.ts';
import { heldError, ledgerError, rejectedError } from './hold-text.ts';
import { type Caller, type Hold, type Ledger, LedgerBusy, type Soon, type Standing } from './ledger.ts';
import type { Limits } from './limits.ts';
import { Population } from './population.ts';
import type { HeldRequest, Share } from './share.ts';

export interface GateOptions {
  readonly app: string;
  readonly limits: Limits;
  readonly ledger: Ledger;
  /** Is told of a hold that this process has tripped. */
  readonly onTrip?: ((hold: Hold) => void) | undefined;
  /** Writes that were held before. */
  readonly held?: number;
  /** Unit: ms since 1970. */
  readonly now?: () => number;
}

/** Waits for another process that writes. Unit: ms. */
const STEP = 10;
const LONGEST = 2000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const OPEN: Standing = { isReadOnly: false, hasVerdicts: false };

/** What one app's writes pass. */
export class Gate {
  readonly population: Population;
  readonly #options: GateOptions;
  #last: Standing | undefined;
  readonly #begun = new WeakMap<Call, Standing>();
  /** Writes that were answered with a hold since the start. */
  held: number;

  constructor(options: GateOptions) {
    this.#options = options;
    this.held = options.held ?? 0;
    this.population = new Population(options.now ?? Date.now);
  }

  get limits(): Limits {
    return this.#options.limits;
  }

  /**
   * As it was last, where the ledger cannot be read.
   * @throws unavailable  it never could, and others may have decided
   */
  async standing(caller: Caller): Promise<Standing> {
    try {
      this.#last = await this.#options.ledger.standing(caller, this.#options.app);
    } catch (error) {
      if (this.#last === undefined && error instanceof ScimError) throw error;
    }
    return this.#last ?? OPEN;
  }

  /** At the beginning of an operation, which is under way with it: it is asked once. @throws unavailable as `standing` */
  async isReadOnly(call: Call): Promise<boolean> {
    const standing = await this.standing(call);
    this.#begun.set(call, standing);
    return standing.isReadOnly;
  }

  /** Of what the operation wants to write. @throws unavailable as `standing` */
  async holdOn(call: Call): Promise<Hold | undefined> {
    const standing = this.#begun.get(call) ?? (await this.standing(call));
    // What is tried once more is another write.
    this.#begun.delete(call);
    return standing.hold;
  }

  async gauges(caller: Caller): Promise<readonly Gauge[]> {
    const { app } = this.#options;
    const standing = await this.standing(caller).catch(() => undefined);
    const of = (name: string, help: string, value: number): Gauge => ({ name, help, value, labels: { app } });
    return [
      ...(standing
        ? [
            of('hold_open', '1 while the changes of an app are held, else 0', standing.hold ? 1 : 0),
            of(
              'mode_read_only',
              '1 while an operator has changes refused (mode read-only), else 0',
              standing.isReadOnly ? 1 : 0,
            ),
          ]
        : []),
      of('held_writes_total', 'Changes that were answered 429 because the app is held', this.held),
    ];
  }

  /** How much of `kind` the window holds. @throws unavailable */
  async counted(call: Call, share: Pick<Share, 'kind' | 'scope'>): Promise<number> {
    const { app, ledger, limits } = this.#options;
    return this.#patiently(call, () => ledger.counted(call, app, share, limits.window));
  }

  /**
   * Counts what a write is going to do, before it does it.
   * @param count  how many there are in the scope of a share
   * @returns what to give back if nothing comes of it
   * @throws throttled  the app is held; forbidden  an operator has rejected it; unavailable
   */
  async claim(
    call: Call,
    shares: readonly Share[],
    request: () => HeldRequest,
    count: (share: Share) => Promise<number>,
  ): Promise<readonly Share[]> {
    const { app, limits, ledger, onTrip } = this.#options;
    const there = ({ scope }: Share): number | undefined => this.population.size(scope);
    for (;;) {
      const answer = await this.#patiently(call, () => ledger.claim(call, { app, limits, shares, there, request }));
      if (answer.outcome === 'granted') return answer.counted;
      if (answer.outcome === 'rejected') throw rejectedError(answer.hold);
      if (answer.outcome === 'held') {
        this.held += 1;
        if (answer.isNew) onTrip?.(answer.hold);
        throw heldError(answer.hold, answer.isNew);
      }
      this.population.learn(answer.share.scope, await count(answer.share));
    }
  }

  /** Keeps a request of the held app. What cannot be kept is held all the same. */
  async keep(call: Call, hold: Hold, request: HeldRequest): Promise<void> {
    this.held += 1;
    try {
      await this.#options.ledger.keep(call, hold.id, request);
    } catch {}
  }

  /** What cannot be given back counts on: that errs on the safe side. */
  async giveBack(call: Call, shares: readonly Share[]): Promise<void> {
    const { app, ledger } = this.#options;
    if (shares.length === 0) return;
    try {
      await this.#patiently(call, () => ledger.giveBack(call, app, shares));
    } catch {}
  }

  async #patiently<T>({ signal }: Call, work: () => Soon<T>): Promise<T> {
    for (let waited = 0; ; waited += STEP) {
      try {
        return await work();
      } catch (error) {
        const isOver = waited >= LONGEST || signal.aborted;
        if (error instanceof ScimError) throw error;
        if (!(error instanceof LedgerBusy) || isOver)
          throw ledgerError(error instanceof Error ? error.message : String(error), error);
      }
      await pause(STEP);
    }
  }
}
