import { type Filter, mapPaths } from '../../scim/filter/ast.ts';
import type { Path } from '../../scim/path.ts';
import { isCoreSchema, type ResourceType } from '../../scim/schema/resource-type.ts';
import { ourPath } from '../wire-paths.ts';
import { NAMES } from './urns.ts';

const ALIASES: ReadonlyMap<string, Path> = new Map([
  // "Unique user field name" may be `email`, which is no SCIM attribute (docs/okta-agent.md, Lookups).
  ['email', { name: 'emails', sub: 'value' }],
]);

/** Okta's names for what SCIM calls otherwise. */
export function aliased(type: ResourceType, given: Path): Path {
  const path = ourPath(NAMES, given);
  if (type.name !== 'User' || path.sub !== undefined || (path.urn !== undefined && !isCoreSchema(path.urn)))
    return path;
  return ALIASES.get(path.name.toLowerCase()) ?? path;
}

export const aliasedFilter = (type: ResourceType, filter: Filter<Path>): Filter<Path> =>
  mapPaths(filter, (path) => aliased(type, path));
