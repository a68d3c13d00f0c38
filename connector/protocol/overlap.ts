import type { Filter } from '../scim/filter/ast.ts';
import type { BoundPath } from '../scim/schema/resource-type.ts';

/**
 * Moves the instant of an incremental import back. Agents before 3.0.2 label local time as UTC; sending somebody
 * again does no harm, leaving somebody out does (docs/okta-agent.md, Imports). Any other filter is untouched.
 * @param overlap  unit: ms
 */
export function withOverlap(filter: Filter<BoundPath>, overlap: number): Filter<BoundPath> {
  const changedSince =
    filter.kind === 'compare' &&
    (filter.op === 'gt' || filter.op === 'ge') &&
    filter.path.attribute.name === 'meta' &&
    filter.path.sub?.name === 'lastModified';
  return changedSince && typeof filter.value === 'number' ? { ...filter, value: filter.value - overlap } : filter;
}
