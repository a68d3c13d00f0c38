import type { Attributes, Bag, Complex } from '../../../scim/resource.ts';
import { normalDn } from '../directory/dn.ts';
import type { Entry } from '../directory/session.ts';
import type { Row, Table } from '../mapping/attribute-mapping.ts';
import { readValues } from '../mapping/entry-to-resource.ts';
import type { Reference } from '../references/reference.ts';

/** The rows that hold a DN: `manager` and the operator's own rows of syntax `dn`. */
function rowsOf(table: Table): readonly Row[] {
  const known = pointing.get(table);
  if (known) return known;
  const found = table.rows.filter(({ readable, syntax }) => readable && syntax.name === 'dn');
  pointing.set(table, found);
  return found;
}

const pointing = new WeakMap<Table, readonly Row[]>();

/** Where the entries point to, apart from members and groups. */
export function pointedAt(table: Table, entries: readonly Entry[]): ReadonlySet<string> {
  const rows = rowsOf(table);
  return new Set(entries.flatMap((entry) => rows.flatMap((row) => readValues(row, entry).map(String))));
}

/** Puts ids in place of DNs. @param known  under their normal DNs */
export function addPointers(attributes: Bag, table: Table, entry: Entry, known: ReadonlyMap<string, Reference>): void {
  for (const { scim, key } of rowsOf(table)) {
    const [dn] = entry.attributes.get(key) ?? [];
    const reference = dn === undefined ? undefined : known.get(normalDn(dn.toString()));
    if (!reference || !scim) continue;
    const { extension, attribute, sub } = scim;
    const bag: Bag = extension ? { ...(attributes[extension.urn] as Attributes | undefined) } : attributes;
    if (!sub) bag[attribute.name] = reference.id;
    else {
      const name: Complex = reference.displayName === undefined ? {} : { displayName: reference.displayName };
      bag[attribute.name] = { ...(bag[attribute.name] as Complex | undefined), [sub.name]: reference.id, ...name };
    }
    if (extension) attributes[extension.urn] = bag as Attributes;
  }
}
