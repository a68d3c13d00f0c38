import { type Filter, foldFilter } from '../../../scim/filter/ast.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';

/** Ids that the filter compares with, where it needs the entries behind them. */
export const idsIn = (filter: Filter<BoundPath>): readonly string[] =>
  foldFilter<BoundPath, readonly string[]>(filter, {
    and: (parts) => parts.flat(),
    or: (parts) => parts.flat(),
    not: (part) => part,
    some: (_, inner) => idsIn(inner),
    present: () => [],
    compare: ({ attribute, sub }, op, value) =>
      op === 'eq' && typeof value === 'string' && (attribute.name === 'members' || sub?.name === 'managerId')
        ? [value]
        : [],
  });

/** Paths the filter asks about. */
export const pathsIn = (filter: Filter<BoundPath>): readonly BoundPath[] =>
  foldFilter<BoundPath, readonly BoundPath[]>(filter, {
    and: (parts) => parts.flat(),
    or: (parts) => parts.flat(),
    not: (part) => part,
    some: (path, inner) => [path, ...pathsIn(inner)],
    present: (path) => [path],
    compare: (path) => [path],
  });

/** Steps in which directories tell when an entry was modified. Unit: ms. */
const CLOCK_STEP = 1000;

/**
 * `meta.lastModified gt` counts the whole step of the server's clock in: what changes later in the same second bears
 * the same time, and an incremental import that began in between would never see it.
 */
export const fromWholeStep = (filter: Filter<BoundPath>): Filter<BoundPath> =>
  foldFilter<BoundPath, Stepped>(filter, {
    and: (parts) => both(parts, (filters) => ({ kind: 'and', filters })),
    or: (parts) => both(parts, (filters) => ({ kind: 'or', filters })),
    not: ({ asked }) => same({ kind: 'not', filter: asked }),
    some: (path, inner) => same({ kind: 'some', path, filter: inner }),
    present: (path) => same({ kind: 'present', path }),
    compare: (path, op, value) => {
      const asked: Filter<BoundPath> = { kind: 'compare', path, op, value };
      const modified = path.attribute.name === 'meta' && path.sub?.name === 'lastModified';
      if (!modified || op !== 'gt' || typeof value !== 'number') return same(asked);
      const step = Math.floor(value / CLOCK_STEP) * CLOCK_STEP;
      return { asked, stepped: { kind: 'compare', path, op: 'ge', value: step } };
    },
  }).stepped;

/** A part of a filter as it was asked, which is also what it is the contrary of, and with whole steps. */
interface Stepped {
  readonly asked: Filter<BoundPath>;
  readonly stepped: Filter<BoundPath>;
}

const same = (filter: Filter<BoundPath>): Stepped => ({ asked: filter, stepped: filter });

const both = (
  parts: readonly Stepped[],
  make: (filters: readonly Filter<BoundPath>[]) => Filter<BoundPath>,
): Stepped => ({
  asked: make(parts.map(({ asked }) => asked)),
  stepped: make(parts.map(({ stepped }) => stepped)),
});
