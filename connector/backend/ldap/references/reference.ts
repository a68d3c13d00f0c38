import type { Literal } from '../../../scim/filter/ast.ts';
import { displayName } from '../../../scim/names.ts';
import type { Attribute } from '../../../scim/schema/attribute.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import { fold } from '../../../scim/text.ts';
import { normalDn } from '../directory/dn.ts';
import type { Entry } from '../directory/session.ts';
import { idOf, selection } from '../layout/attribute-selection.ts';
import { type Branch, nameIn } from '../layout/branch.ts';
import type { Selection } from '../layout/branch-search.ts';
import type { Membership } from '../layout/membership.ts';
import type { Tree } from '../layout/tree.ts';
import { type Row, rowsFor } from '../mapping/attribute-mapping.ts';
import { decodeEntry } from '../mapping/entry-to-resource.ts';

/** A resource as others refer to it. */
export interface Reference {
  readonly id: string;
  readonly type: TypeName;
  readonly dn: string;
  /** `userName` or `displayName`. */
  readonly name: string;
  /** How it is called in `members` and `groups`. */
  readonly display: string;
  readonly displayName?: string;
}

/** The rows that `displayName` of `scim/names.ts` reads. */
const displayRows = ({ table, natural }: Branch): readonly Row[] => [
  natural,
  ...rowsFor(table, 'displayName'),
  ...rowsFor(table, 'name').filter(({ scim }) => scim?.sub?.name === 'formatted'),
];

/** What to ask of an entry that shall become a reference. */
export const referenceSelection = (tree: Tree, branch: Branch): Selection =>
  selection(tree, branch, [tree.profile.id.attribute, ...displayRows(branch).map(({ ldap }) => ldap)]);

/** @param entry  with the attributes of `referenceSelection`, or all */
export function referenceTo(tree: Tree, branch: Branch, entry: Entry): Reference {
  const attributes = decodeEntry({ type: branch.type, rows: displayRows(branch) }, entry);
  const { displayName: own } = attributes;
  const name = nameIn(branch, entry);
  return {
    id: idOf(tree, entry),
    type: branch.type.name,
    dn: entry.dn,
    name,
    display: displayName(branch.type, attributes) || name,
    ...(own === undefined ? {} : { displayName: String(own) }),
  };
}

/** What a user is found under by name. User names never hold a NUL, DNs in their normal form never start with one. */
export const nameKey = (name: string): string => `\0${name.toLowerCase()}`;

/** What a member of a group is found under. */
export const memberKey = ({ by }: Membership, value: string): string =>
  by === 'dn' ? normalDn(value) : nameKey(value);

/** Who of `known` an id in a filter means; where case does not count in ids, it may be written in any. */
export function meantBy(
  known: ReadonlyMap<string, Reference>,
  { caseExact }: Attribute,
  id: Literal,
): readonly Reference[] {
  const text = String(id);
  const exact = known.get(text);
  if (exact || caseExact) return exact ? [exact] : [];
  return [...known.values()].filter((reference) => fold(reference.id) === fold(text));
}
