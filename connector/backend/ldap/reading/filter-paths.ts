import { type Filter, foldFilter } from '../../../scim/filter/ast.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';

/** Ids that the filter compares with, where it needs the entries behind them. */
export const idsIn = (filter: Filter<BoundPath>): readonly string[] =>
  foldFilter<BoundPath, readonly string[]>(filter, {
    and: (parts) => parts.flat(),
    or: (parts) => parts.flat(),
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
  foldFilter<BoundPath, Filter<BoundPath>>(filter, {
    and: (filters) => ({ kind: 'and', filters }),
    or: (filters) => ({ kind: 'or', filters }),
    present: (path) => ({ kind: 'present', path }),
    compare: (path, op, value) => {
      const modified = path.attribute.name === 'meta' && path.sub?.name === 'lastModified';
      if (!modified || op !== 'gt' || typeof value !== 'number') return { kind: 'compare', path, op, value };
      return { kind: 'compare', path, op: 'ge', value: Math.floor(value / CLOCK_STEP) * CLOCK_STEP };
    },
  });
