/** What is counted (docs/holds.md). Names are the file's. */
export const KINDS = ['deactivations', 'deletions', 'removals', 'emptied_groups', 'renames', 'overwrites'] as const;

export type Kind = (typeof KINDS)[number];

/** Both have to be exceeded. */
export interface Limit {
  readonly count: number;
  /** Of what is there. */
  readonly percent: number;
}

/** Of one app: how much may happen within a window. */
export interface Limits extends Readonly<Record<Kind, Limit>> {
  readonly enabled: boolean;
  /** Unit: ms. */
  readonly window: number;
}

/** So few are no mass change, however few there are. */
const FEW = 9;
/** A pilot is pushed as a whole when a mapping changes, and profiles can be pushed again. */
const FEW_OVERWRITES = 50;

const fewOf = (kind: Kind): number => (kind === 'overwrites' ? FEW_OVERWRITES : FEW);

/** Fewer who leave do not empty a group, however small it is. */
const EMPTYING = 5;

/** Whether it matters how large a group was of which so many members leave within the window. */
export const mayEmpty = (gone: number): boolean => gone >= EMPTYING;

export const empties = (gone: number, size: number): boolean => mayEmpty(gone) && gone * 2 > size;

/** Members who leave one group are compared with that group alone: a small team may be dissolved. */
const mayBeMost = (kind: Kind): boolean => kind === 'removals';

/** What is allowed whatever there is. */
export const leastAllowed = (kind: Kind, { count }: Limit): number =>
  mayBeMost(kind) ? count : Math.min(count, fewOf(kind));

/**
 * How much may happen within the window: what exceeds neither the count or the percent, nor half of what is there.
 * @param there  how many there are
 */
export function allowed(kind: Kind, { count, percent }: Limit, there: number): number {
  const both = Math.max(count, Math.floor((percent * there) / 100));
  return mayBeMost(kind) ? both : Math.min(both, Math.max(fewOf(kind), Math.floor(there / 2)));
}
