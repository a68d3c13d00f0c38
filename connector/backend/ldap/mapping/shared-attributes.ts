import { applyChanges, type ChangePath } from '../../../scim/change.ts';
import { type Attributes, isUrn } from '../../../scim/resource.ts';
import { findExtension } from '../../../scim/schema/resource-type.ts';
import type { Row, Table } from './attribute-mapping.ts';
import { carryMany } from './desired-values.ts';
import { readValues } from './entry-to-resource.ts';
import { givenValues } from './row-values.ts';

/** Lines of the mapping that keep one value between them. */
export function sharedRows({ rows }: Table): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows)
    if (row.scim && row.writable !== 'never' && row.syntax.name !== 'dn')
      groups.set(row.key, [...(groups.get(row.key) ?? []), row]);
  return [...groups.values()].filter((group) => group.length > 1 && !carryMany(group));
}

/** Two attributes that came with different values and can keep one only. */
export interface Overruled {
  readonly row: Row;
  readonly by: Row;
  /** In the words of the attribute that is overruled. */
  readonly value: ReturnType<typeof readValues>[number] | undefined;
}

/** Where both came and differ, the first line of the mapping counts. */
export const overruled = (table: Table, attributes: Attributes): readonly Overruled[] =>
  sharedRows(table).flatMap((rows) => {
    const said = rows.map((row) => ({ row, values: givenValues(table, row, attributes) }));
    const [winner, ...others] = said.filter(({ values }) => values.length > 0);
    if (!winner) return [];
    const entry = { dn: '', attributes: new Map([[winner.row.key, winner.values]]) };
    return others
      .filter(({ values }) => String(values[0]) !== String(winner.values[0]))
      .map(({ row }) => ({ row, by: winner.row, value: readValues(row, entry)[0] }));
  });

/** Where `attributes` have the value of a row. */
function pathIn(table: Table, { scim }: Row, attributes: Attributes): ChangePath | undefined {
  if (!scim) return undefined;
  const { extension, attribute, sub } = scim;
  const urn = Object.keys(attributes).find(
    (name) =>
      isUrn(name) &&
      findExtension(table.type, name)?.extension === extension &&
      Object.hasOwn(attributes[name] as Attributes, attribute.name),
  );
  return {
    ...(extension && urn !== undefined ? { extension: urn } : {}),
    attribute: attribute.name,
    ...(sub ? { sub: sub.name } : {}),
  };
}

/** `attributes` with one value for what is kept in one place. */
export const reconciled = (table: Table, attributes: Attributes): Attributes =>
  applyChanges(
    attributes,
    overruled(table, attributes).flatMap(({ row, value }) => {
      const path = pathIn(table, row, attributes);
      return path && value !== undefined ? [{ op: 'set' as const, path, value }] : [];
    }),
  );
