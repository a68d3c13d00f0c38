import type { Attributes } from '../scim/resource.ts';
import type { Traits } from '../scim/schema/resource-type.ts';
import { tidyName } from '../scim/text.ts';

/**
 * What a resource shall be, its name as names are stored. A name that comes back as it was read stays, however somebody
 * else has spelled it: nobody asked for a rename.
 * @param before  as it is now; absent for a new one
 */
export function tidied({ naturalKey }: Traits, wanted: Attributes, before?: Attributes): Attributes {
  const name = wanted[naturalKey];
  if (typeof name !== 'string' || name === before?.[naturalKey]) return wanted;
  return { ...wanted, [naturalKey]: tidyName(name) };
}
