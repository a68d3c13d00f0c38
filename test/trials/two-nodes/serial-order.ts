/** Whether what several clients were told at the same time can be explained by one change after the other. */

/** One change, as its client saw it. */
export interface Overlapping<State> {
  readonly name: string;
  /** When it was sent, and when its answer was there. Unit: ms. */
  readonly begun: number;
  readonly ended: number;
  /** What it makes of the state before it. */
  apply(state: State): State;
  /** The state that its answer showed. */
  readonly shown: State;
}

/**
 * Tries every order in which no change comes before one that had ended when it began.
 * @param equal  whether two states are the same
 * @returns names in an order that explains all answers and the end, if there is one
 */
export function serialOrder<State>(
  first: State,
  changes: readonly Overlapping<State>[],
  end: State,
  equal: (a: State, b: State) => boolean,
): readonly string[] | undefined {
  const search = (state: State, left: readonly Overlapping<State>[]): readonly string[] | undefined => {
    if (left.length === 0) return equal(state, end) ? [] : undefined;
    const soonest = Math.min(...left.map(({ ended }) => ended));
    for (const next of left) {
      if (next.begun > soonest) continue;
      const after = next.apply(state);
      if (!equal(after, next.shown)) continue;
      const rest = search(
        after,
        left.filter((one) => one !== next),
      );
      if (rest) return [next.name, ...rest];
    }
    return undefined;
  };
  return search(first, changes);
}
