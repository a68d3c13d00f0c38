import { nextTurn } from '../../../concurrency/turns.ts';
import { unavailable } from './sqlite-errors.ts';

/** Longest a reading keeps the event loop to itself, one step more or less. Unit: ms. */
export const LONGEST_TURN = 10;

/** Who waits for what is read; the signal costs nothing until it is looked at. */
export interface Caller {
  readonly signal: AbortSignal;
}

/** The stretch of a long reading during which everybody else waits. */
export class Turn {
  readonly #caller: Caller;
  #begun = performance.now();

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  get isOver(): boolean {
    return performance.now() - this.#begun >= LONGEST_TURN;
  }

  /** Lets others have theirs. @throws unavailable when the caller has left */
  async pass(): Promise<void> {
    await nextTurn();
    if (this.#caller.signal.aborted)
      throw unavailable('client-gone', 'the request was given up before it was answered');
    this.#begun = performance.now();
  }
}
