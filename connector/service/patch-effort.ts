import { ScimError } from '../scim/error.ts';
import { type Filter, foldFilter } from '../scim/filter/ast.ts';
import type { BoundPath } from '../scim/schema/resource-type.ts';

/** Comparisons that the operations of one PATCH may cost: 1,000 of them on the most values that are kept, twice. */
const MOST_COMPARISONS = 2_000_000;

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

const termsOf = (filter: Filter<BoundPath>): number =>
  foldFilter<BoundPath, number>(filter, {
    and: sum,
    or: sum,
    not: (part) => part,
    some: (_, part) => termsOf(part),
    present: () => 1,
    compare: () => 1,
  });

/** Counts what a PATCH costs: each operation looks at all values of its attribute, once for each term of its filter. */
export class PatchEffort {
  #comparisons = 0;

  /** @throws tooLarge  it is more than one PATCH may cost */
  spend(values: number, where: Filter<BoundPath> | undefined): void {
    this.#comparisons += values * (where ? Math.max(1, termsOf(where)) : 1);
    if (this.#comparisons > MOST_COMPARISONS)
      throw new ScimError(
        'tooLarge',
        `the operations compare more than ${MOST_COMPARISONS} values; send fewer at once, or shorter filters; nothing was done`,
        { fault: 'body-too-large' },
      );
  }
}
