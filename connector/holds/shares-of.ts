import { applyChanges, type Change } from '../scim/change.ts';
import type { Attributes } from '../scim/resource.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { nameKey } from '../scim/text.ts';
import type { Kind } from './limits.ts';
import { loses } from './losses.ts';
import type { Share } from './share.ts';

const nameOf = ({ naturalKey }: ResourceType, attributes: Attributes): string => {
  const name = attributes[naturalKey];
  return typeof name === 'string' ? nameKey(name) : '';
};

/** What a change of one resource adds to what is counted, but for members of groups. */
export function sharesOf(
  type: ResourceType,
  id: string,
  before: Attributes,
  changes: readonly Change[],
): readonly Share[] {
  // Members are counted apart, and may be many.
  const own = changes.filter(({ path }) => path.extension !== undefined || path.attribute !== 'members');
  if (own.length === 0) return [];
  const after = applyChanges(before, own);
  const kinds: Kind[] = [];
  if (type.isAccount && before['active'] !== false && after['active'] === false) kinds.push('deactivations');
  const [was, is] = [nameOf(type, before), nameOf(type, after)];
  if (was !== '' && was !== is) kinds.push('renames');
  if (type.isAccount && loses(before, after, type.naturalKey)) kinds.push('overwrites');
  return kinds.map((kind) => ({ kind, scope: type.plural, key: id, amount: 1 }));
}
