/** One request's try to log in, as the throttle sees it. */
export interface Attempt {
  /** Where it comes from. */
  readonly address: string;
  /** Nothing has failed from there lately. */
  readonly isFirst: boolean;
  /**
   * Whether it may be compared with what could be guessed: a secret that somebody chose, or one that costs work to verify.
   * From an address that has failed too often and never succeeded, that is one attempt a second.
   */
  mayGuess(): boolean;
}
