import { type Filter, mapPaths } from '../../scim/filter/ast.ts';
import type { Path } from '../../scim/path.ts';
import { type BoundPath, isCoreSchema, type ResourceType } from '../../scim/schema/resource-type.ts';
import { ourPath } from '../wire-paths.ts';
import { NAMES } from './urns.ts';

/** Key of Okta's block in the provider configuration (docs/okta-agent.md, Capabilities). */
export const PROVIDER_CONFIG_URN = 'urn:okta:schemas:scim:providerconfig:1.0';

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

/**
 * For the log, when a client takes this for SCIM 2.0: the base URL decides (docs/okta-agent.md, Versions of the agent).
 */
export function versionHint(body: object): string | undefined {
  const { schemas } = body as { readonly schemas?: unknown };
  const newer =
    Array.isArray(schemas) && schemas.some((urn) => typeof urn === 'string' && urn.startsWith('urn:ietf:params:scim:'));
  return newer ? 'the client speaks SCIM 2.0: put /v1/ in the base URL that Okta has' : undefined;
}
