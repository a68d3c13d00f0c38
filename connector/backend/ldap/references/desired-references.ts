import { noSuchUser } from '../../../scim/error.ts';
import { type Attributes, type Complex, isComplex, type Value } from '../../../scim/resource.ts';
import type { Session } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import type { Tree } from '../layout/tree.ts';
import { type Row, scimPathOf } from '../mapping/attribute-mapping.ts';
import type { Desired } from '../mapping/desired-values.ts';
import type { Reference } from './reference.ts';
import type { References } from './references.ts';

/** The id that a row of syntax `dn` has in a resource. */
function idAt({ scim }: Row, attributes: Attributes): string | undefined {
  if (!scim) return undefined;
  const { extension, attribute, sub } = scim;
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
    const own: Desired['own'] = ({ attributes: present }) => (present.get(row.key) ?? []).slice(0, 1);
    return { ldap: row.ldap, key: row.key, values: reference ? [reference.dn] : [], own, ordered: false };
  });
}
