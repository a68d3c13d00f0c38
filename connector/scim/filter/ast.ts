export type Comparison = 'eq' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';
export type Literal = string | number | boolean;

/**
 * A filter as a tree (SCIM 1.1 API §3.2.2.1, RFC 7644 §3.4.2.2). `and` of nothing is true, `or` of nothing is false.
 * Two-valued: what is absent passes no comparison, so that it passes `not` of any. `ne` is `not` of `eq`, and a
 * comparison with null is one of presence. `P` is `Path` as parsed and `BoundPath` once the schema has been asked.
 */
export type Filter<P> =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter<P>[] }
  | { readonly kind: 'not'; readonly filter: Filter<P> }
  /** One element of the list at `path` passes all of `filter`, whose paths are whole: the attribute and its part. */
  | { readonly kind: 'some'; readonly path: P; readonly filter: Filter<P> }
  | { readonly kind: 'present'; readonly path: P }
  | { readonly kind: 'compare'; readonly path: P; readonly op: Comparison; readonly value: Literal };

/** How a target reads a filter: six functions, no recursion. */
export interface FilterAlgebra<P, T> {
  and(parts: readonly T[]): T;
  or(parts: readonly T[]): T;
  not(part: T): T;
  /** `filter` is about one element, and for an algebra of its own to read. */
  some(path: P, filter: Filter<P>): T;
  present(path: P): T;
  /** `value` is typed by the attribute: a datetime arrives as milliseconds since 1970. */
  compare(path: P, op: Comparison, value: Literal): T;
}

/** The only recursion over filters. */
export function foldFilter<P, T>(filter: Filter<P>, algebra: FilterAlgebra<P, T>): T {
  switch (filter.kind) {
    case 'and':
      return algebra.and(filter.filters.map((part) => foldFilter(part, algebra)));
    case 'or':
      return algebra.or(filter.filters.map((part) => foldFilter(part, algebra)));
    case 'not':
      return algebra.not(foldFilter(filter.filter, algebra));
    case 'some':
      return algebra.some(filter.path, filter.filter);
    case 'present':
      return algebra.present(filter.path);
    case 'compare':
      return algebra.compare(filter.path, filter.op, filter.value);
  }
}

/** True for everybody. */
export const ALWAYS = { kind: 'and', filters: [] } as const;
/** True for nobody. */
export const NEVER = { kind: 'or', filters: [] } as const;

/** Makes the tree again as it is, for whoever changes some of its nodes. */
export const rebuilt = <P>(): FilterAlgebra<P, Filter<P>> => ({
  and: (filters) => ({ kind: 'and', filters }),
  or: (filters) => ({ kind: 'or', filters }),
  not: (filter) => ({ kind: 'not', filter }),
  some: (path, filter) => ({ kind: 'some', path, filter }),
  present: (path) => ({ kind: 'present', path }),
  compare: (path, op, value) => ({ kind: 'compare', path, op, value }),
});

/** The same tree over other paths. */
export const mapPaths = <P, Q>(filter: Filter<P>, to: (path: P) => Q): Filter<Q> =>
  foldFilter<P, Filter<Q>>(filter, {
    ...rebuilt<Q>(),
    some: (path, part) => ({ kind: 'some', path: to(path), filter: mapPaths(part, to) }),
    present: (path) => ({ kind: 'present', path: to(path) }),
    compare: (path, op, value) => ({ kind: 'compare', path: to(path), op, value }),
  });
