import { formatDateTime } from '../../scim/date-time.ts';
import type { Filter } from '../../scim/filter/ast.ts';
import type { Resource } from '../../scim/resource.ts';
import type { BoundPath } from '../../scim/schema/resource-type.ts';
import { fold } from '../../scim/text.ts';

/** A row of `entitlement`, in the order of `ENTITLEMENT_COLUMNS`. */
export type EntitlementRow = readonly [
  id: string,
  name: string,
  description: string | null,
  created: number,
  modified: number,
];

/** Of the row `e` of `entitlement`. */
export const ENTITLEMENT_COLUMNS = 'e.id, e.name, e.description, e.created, e.modified';

export const toEntitlement = ([id, name, description, created, modified]: EntitlementRow): Resource => ({
  id,
  meta: { created: formatDateTime(created), lastModified: formatDateTime(modified) },
  attributes: { displayName: name, ...(description === null ? {} : { description }) },
});

/** A column that has to be equal to a value in every row that may pass a filter; others are looked through. */
export function narrowed(
  filter: Filter<BoundPath>,
): { readonly column: 'id' | 'key'; readonly value: string } | undefined {
  if (filter.kind !== 'compare' || filter.op !== 'eq' || typeof filter.value !== 'string' || filter.path.sub)
    return undefined;
  const { name, caseExact } = filter.path.attribute;
  if (name === 'id' && caseExact) return { column: 'id', value: filter.value };
  return name === 'displayName' ? { column: 'key', value: fold(filter.value) } : undefined;
}
