import type { Page } from '../scim/query.ts';
import type { Resource } from '../scim/resource.ts';
import type { Json } from './json.ts';

/** Resources of a page that are encoded at once: a look-up finds one. */
const FEW = 16;

/** Of a large page no more is encoded at a time than is being written. */
export function encodedPage({ resources }: Page, encode: (resource: Resource) => Json): Iterable<Json> {
  function* encoded(): Generator<Json> {
    for (const resource of resources) yield encode(resource);
  }
  return resources.length > FEW ? { [Symbol.iterator]: encoded } : [...encoded()];
}
