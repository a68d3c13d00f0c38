import type { Change, Element } from '../../../scim/change.ts';
import { noSuchMember, noSuchUser, ScimError, shown } from '../../../scim/error.ts';
import { type Attributes, type Complex, isComplex, type Value } from '../../../scim/resource.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import type { Session } from '../directory/session.ts';
import type { Branch, Tree } from '../layout/tree.ts';
import { type Row, scimPathOf } from '../mapping/attribute-mapping.ts';
import type { Desired } from '../mapping/desired-values.ts';
import type { Reference, References } from './references.ts';

/** The id that a row of syntax `dn` has in a resource. */
function idAt({ target }: Row, attributes: Attributes): string | undefined {
  if (!target) return undefined;
  const { extension, attribute, sub } = target;
  const bag = extension ? (attributes[extension.urn] as Attributes | undefined) : attributes;
  const value = bag?.[attribute.name] as Value | undefined;
  const id = sub && isComplex(value) ? (value as Complex)[sub.name] : sub ? undefined : value;
  return id === undefined || id === '' ? undefined : String(id);
}

/**
 * The DNs that the rows of syntax `dn` shall hold: `manager` and the like.
 * @throws invalidValue when an id leads to no user
 */
export async function desiredReferences(
  session: Session,
  references: References,
  tree: Tree,
  branch: Branch,
  attributes: Attributes,
  concerns: (row: Row) => boolean,
): Promise<Desired[]> {
  const rows = branch.table.rows.filter((row) => row.syntax.name === 'dn' && row.writable !== 'never' && concerns(row));
  const ids = rows.map((row) => idAt(row, attributes));
  const wanted = ids.filter((id) => id !== undefined);
  const known =
    wanted.length === 0 ? new Map<string, Reference>() : await references.byId(session, wanted, [tree.users]);
  return rows.map((row, i) => {
    const id = ids[i];
    const reference = id === undefined ? undefined : known.get(id);
    if (id !== undefined && !reference) throw noSuchUser(scimPathOf(row), id);
    return { ldap: row.ldap, key: row.key, values: reference ? [reference.dn] : [], firstOnly: true, ordered: false };
  });
}

export const idsOf = (elements: readonly Element[]): string[] => [
  ...new Set(elements.map((element) => String(isComplex(element) ? element['value'] : element))),
];

/** The ids of a group's members after `changes` of them. */
export function changedMembers(before: Iterable<string>, changes: readonly Change[]): Set<string> {
  const ids = new Set(before);
  for (const change of changes) {
    if (change.op === 'set' || change.op === 'unset') ids.clear();
    const values =
      change.op === 'unset' ? [] : change.op === 'set' ? (change.value as readonly Element[]) : change.values;
    for (const id of idsOf(values)) {
      if (change.op === 'remove') ids.delete(id);
      else ids.add(id);
    }
  }
  return ids;
}

/** The resources that shall be members. @throws invalidValue naming the first id that leads nowhere */
export async function membersById(
  session: Session,
  references: References,
  tree: Tree,
  ids: readonly string[],
): Promise<Reference[]> {
  if (ids.length === 0) return [];
  const known = await references.byId(session, ids);
  return ids.map((id) => {
    const reference = known.get(id);
    if (!reference) throw noSuchMember(id);
    if (tree.membership.by === 'name' && !TRAITS[reference.type].isAccount) {
      throw new ScimError(
        'invalidValue',
        `members: ${tree.membership.attribute} holds users only; ${shown(id)} is a ${reference.type}`,
      );
    }
    return reference;
  });
}

/** What stands for a resource in the list of a group's members. */
export const memberValue = ({ membership }: Tree, { dn, name }: Pick<Reference, 'dn' | 'name'>): string =>
  membership.by === 'dn' ? dn : name;
