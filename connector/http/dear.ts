import type { ListRequest } from '../protocol/protocol.ts';
import { unread } from '../protocol/selection.ts';
import type { Filter } from '../scim/filter/ast.ts';
import type { BoundPath, ResourceType } from '../scim/schema/resource-type.ts';

/** Whoever wants more at once waits for a place. The agent asks for 200. */
const MANY_RESOURCES = 500;
/** Operations of one bulk request. */
export const MANY_OPERATIONS = 50;
/** Unit: bytes. */
export const LARGE_BODY = 256 * 1024;
/** Announced, of which one is read at a time. Unit: bytes. */
export const HUGE_BODY = 4 * 1024 * 1024;

/** One resource at most. */
const isLookUp = (filter: Filter<BoundPath> | undefined): boolean =>
  filter?.kind === 'compare'
    ? filter.op === 'eq' && filter.path.attribute.unique
    : filter?.kind === 'and' && filter.filters.some(isLookUp);

/** Whether a list may take long to read and to send. @param limit  most resources in the answer */
export function isDear(
  type: ResourceType,
  { query, selection }: Pick<ListRequest, 'query' | 'selection'>,
  limit: number,
): boolean {
  if (isLookUp(query.filter)) return false;
  // Each may have as many members as there are people.
  const large = type.hasMembers && !unread(selection).includes('members');
  return limit > (large ? 1 : MANY_RESOURCES);
}
