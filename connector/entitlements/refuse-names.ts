import { ScimError } from '../scim/error.ts';
import { type Filter, foldFilter } from '../scim/filter/ast.ts';
import type { Query } from '../scim/query.ts';
import { type BoundPath, formatBoundPath } from '../scim/schema/resource-type.ts';

/** Names are looked up for what is shown: people have ids. */
const isName = ({ attribute, sub }: BoundPath): boolean => attribute.assigned && sub?.name === 'display';

const nameIn = (filter: Filter<BoundPath>): BoundPath | undefined =>
  foldFilter<BoundPath, BoundPath | undefined>(filter, {
    and: (parts) => parts.find(Boolean),
    or: (parts) => parts.find(Boolean),
    not: (part) => part,
    some: (_, inner) => nameIn(inner),
    present: (path) => (isName(path) ? path : undefined),
    compare: (path) => (isName(path) ? path : undefined),
  });

/** A list by what is not kept would leave people out. @throws invalidFilter naming what to ask for instead */
export function refuseNames({ filter, sort }: Pick<Query, 'filter' | 'sort'>): void {
  const path = (filter && nameIn(filter)) ?? (sort && isName(sort.path) ? sort.path : undefined);
  if (!path) return;
  const { attribute } = path;
  throw new ScimError(
    'invalidFilter',
    `filter: ${formatBoundPath(path)} cannot be searched or sorted by; ask for ${attribute.name}.value, the id of the entitlement`,
    { fault: 'filter-invalid' },
  );
}
