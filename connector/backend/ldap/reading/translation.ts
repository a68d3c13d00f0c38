import type { Filter, FilterAlgebra } from '../../../scim/filter/ast.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import { all, any, everything, type Superset } from './superset.ts';

/** A part of a filter in a directory's terms. */
export interface Translation {
  readonly asked: Filter<BoundPath>;
  /** Finds at least all that it accepts. */
  readonly accepted: Superset;
  /** Finds at least all that it does not accept. */
  readonly refused: Superset;
  /** What `matches` has to judge of those that `accepted` finds. */
  readonly left: Filter<BoundPath>;
}

/** Nothing is left to judge. */
const NOTHING_LEFT: Filter<BoundPath> = { kind: 'and', filters: [] };

/** Whether what is left to judge is anything. */
export const isLeft = (filter: Filter<BoundPath>): boolean => filter.kind !== 'and' || filter.filters.length > 0;

const both = (filters: readonly Filter<BoundPath>[]): Filter<BoundPath> => {
  const [only, ...others] = filters.filter(isLeft);
  if (!only) return NOTHING_LEFT;
  return others.length === 0 ? only : { kind: 'and', filters: [only, ...others] };
};

/**
 * A directory is never asked for the contrary of a comparison. Where it cannot decide (RFC 4511 §4.5.1.7: Undefined),
 * it would find the entry neither way; and what it finds besides what a filter accepts would be left out.
 */
export const comparison = (asked: Filter<BoundPath>, accepted: Superset, refused = everything): Translation => ({
  asked,
  accepted,
  refused,
  left: accepted.exact ? NOTHING_LEFT : asked,
});

export const connectives: Pick<FilterAlgebra<BoundPath, Translation>, 'and' | 'or' | 'not'> = {
  and: (parts) => ({
    asked: { kind: 'and', filters: parts.map(({ asked }) => asked) },
    accepted: all(parts.map(({ accepted }) => accepted)),
    refused: any(parts.map(({ refused }) => refused)),
    left: both(parts.map(({ left }) => left)),
  }),
  or: (parts) => {
    const asked: Filter<BoundPath> = { kind: 'or', filters: parts.map((part) => part.asked) };
    return {
      asked,
      accepted: any(parts.map(({ accepted }) => accepted)),
      refused: all(parts.map(({ refused }) => refused)),
      left: parts.some(({ left }) => isLeft(left)) ? asked : NOTHING_LEFT,
    };
  },
  not: (part) => {
    const asked: Filter<BoundPath> = { kind: 'not', filter: part.asked };
    return { asked, accepted: part.refused, refused: part.accepted, left: asked };
  },
};
