import { type Filter, foldFilter } from '../../../scim/filter/ast.ts';
import type { Sort } from '../../../scim/query.ts';
import { type BoundPath, formatBoundPath } from '../../../scim/schema/resource-type.ts';
import type { Branch } from '../layout/branch.ts';

/** What two pages of one list have in common. */
export const listKey = ({ type }: Branch, filter: Filter<BoundPath> | undefined, sort: Sort | undefined): string =>
  JSON.stringify([type.name, filter && written(filter), sort && [...named(sort.path), sort.descending]]);

const written = (filter: Filter<BoundPath>): unknown =>
  foldFilter<BoundPath, unknown>(filter, {
    and: (parts) => ['and', ...parts],
    or: (parts) => ['or', ...parts],
    not: (part) => ['not', part],
    some: (path, inner) => ['some', formatBoundPath(path), written(inner)],
    present: (path) => ['pr', formatBoundPath(path)],
    compare: (path, op, value) => [op, ...named(path), value],
  });

/** The two versions of SCIM compare some attributes differently. */
const named = (path: BoundPath): readonly unknown[] => [formatBoundPath(path), (path.sub ?? path.attribute).caseExact];
