import { type Filter, foldFilter } from '../../../scim/filter/ast.ts';
import type { Sort } from '../../../scim/query.ts';
import { type BoundPath, formatBoundPath } from '../../../scim/schema/resource-type.ts';
import type { Branch } from '../layout/branch.ts';

/** What two pages of one list have in common. */
export const listKey = ({ type }: Branch, filter: Filter<BoundPath> | undefined, sort: Sort | undefined): string =>
  JSON.stringify([
    type.name,
    filter &&
      foldFilter<BoundPath, unknown>(filter, {
        and: (parts) => ['and', ...parts],
        or: (parts) => ['or', ...parts],
        present: (path) => ['pr', formatBoundPath(path)],
        compare: (path, op, value) => [op, formatBoundPath(path), value],
      }),
    sort && [formatBoundPath(sort.path), sort.descending],
  ]);
