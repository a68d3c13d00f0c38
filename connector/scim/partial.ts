import type { Read } from './query.ts';
import type { Resource } from './resource.ts';

/** `resource` without its members, where `read` wants none of so many. */
export function limited(resource: Resource, { mostMembers = Number.POSITIVE_INFINITY }: Read): Resource {
  const { members, ...attributes } = resource.attributes;
  if (!Array.isArray(members) || members.length <= mostMembers) return resource;
  return { ...resource, attributes, isPartial: true };
}
