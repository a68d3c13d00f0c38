import { naturalName } from '../../../scim/names.ts';
import type { Attributes } from '../../../scim/resource.ts';
import type { Branch } from '../layout/branch.ts';
import type { Reference } from '../references/reference.ts';

/** How others point at an entry: by its DN, or by `userName` where members are listed so. */
export type Pointer = Pick<Reference, 'dn' | 'name'>;

/** A group has no name that anybody lists. */
export const pointerTo = ({ type }: Branch, dn: string, attributes: Attributes): Pointer => ({
  dn,
  name: type.isAccount ? naturalName(type, attributes) : '',
});
