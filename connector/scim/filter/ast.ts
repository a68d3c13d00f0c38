export type Comparison = 'eq' | 'co' | 'sw' | 'gt' | 'ge' | 'lt' | 'le';
export type Literal = string | number | boolean;

/**
 * A filter as a tree (SCIM 1.1 API §3.2.2.1). `and` of nothing is true, `or` of nothing is false.
 * `P` is `Path` as parsed and `BoundPath` once the schema has been asked.
 */
export type Filter<P> =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter<P>[] }
  | { readonly kind: 'present'; readonly path: P }
  | { readonly kind: 'compare'; readonly path: P; readonly op: Comparison; readonly value: Literal };

/** How a target reads a filter: four functions, no recursion. */
export interface FilterAlgebra<P, T> {
  and(parts: readonly T[]): T;
  or(parts: readonly T[]): T;
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
    case 'present':
      return algebra.present(filter.path);
    case 'compare':
      return algebra.compare(filter.path, filter.op, filter.value);
  }
}
