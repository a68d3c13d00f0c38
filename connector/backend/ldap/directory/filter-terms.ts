import {
  AndFilter,
  EqualityFilter,
  ExtensibleFilter,
  type Filter,
  GreaterThanEqualsFilter,
  LessThanEqualsFilter,
  NotFilter,
  OrFilter,
  PresenceFilter,
  SubstringFilter,
} from 'ldapts';

/** One comparison of a filter, in the terms in which servers have indexes. */
export interface Term {
  readonly attribute: string;
  readonly match: 'eq' | 'pres' | 'sub' | 'ordering';
  /** Of `sub`: how the value begins is known, so that a list in order will do. */
  readonly initial?: true;
}

/** How the terms of a filter are put together. */
export interface FilterShape<T> {
  term(term: Term): T;
  and(parts: readonly T[]): T;
  or(parts: readonly T[]): T;
  /** Of what is not so, and of what is compared by a rule of its own. */
  other(parts: readonly T[]): T;
}

export function foldTerms<T>(filter: Filter, shape: FilterShape<T>): T {
  const inside = (filters: readonly Filter[]): readonly T[] => filters.map((one) => foldTerms(one, shape));
  if (filter instanceof AndFilter) return shape.and(inside(filter.filters));
  if (filter instanceof OrFilter) return shape.or(inside(filter.filters));
  if (filter instanceof NotFilter) return shape.other(inside([filter.filter]));
  if (filter instanceof EqualityFilter) return shape.term({ attribute: filter.attribute, match: 'eq' });
  if (filter instanceof PresenceFilter) return shape.term({ attribute: filter.attribute, match: 'pres' });
  if (filter instanceof GreaterThanEqualsFilter || filter instanceof LessThanEqualsFilter)
    return shape.term({ attribute: filter.attribute, match: 'ordering' });
  if (filter instanceof SubstringFilter)
    return shape.term({ attribute: filter.attribute, match: 'sub', ...(filter.initial ? { initial: true } : {}) });
  if (filter instanceof ExtensibleFilter)
    return shape.other([shape.term({ attribute: filter.matchType, match: 'eq' })]);
  return shape.other([]);
}

/** Each once. */
export function termsOf(filter: Filter): readonly Term[] {
  const terms = foldTerms<readonly Term[]>(filter, {
    term: (term) => [term],
    and: (parts) => parts.flat(),
    or: (parts) => parts.flat(),
    other: (parts) => parts.flat(),
  });
  return [...new Map(terms.map((term) => [`${term.attribute.toLowerCase()} ${term.match}`, term])).values()];
}
