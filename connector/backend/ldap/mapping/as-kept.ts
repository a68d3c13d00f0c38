import type { Attributes, Bag, Complex } from '../../../scim/resource.ts';
import type { Row, Table } from './attribute-mapping.ts';
import { deal } from './deal.ts';
import { isPlural, labelIndex } from './labels.ts';
import { reconciled } from './shared-attributes.ts';

/** The types that elements get in a row: their own where the row has it, else the first that is free and not the last. */
function typesIn(row: Row, elements: readonly Complex[]): ReadonlyMap<Complex, string> {
  const { labels } = row;
  const taken = new Set(elements.map((element) => labelIndex(row, element)));
  const places = labels.slice(0, Math.max(1, labels.length - 1)).filter((_, i) => !taken.has(i));
  const types = new Map<Complex, string>();
  for (const element of elements) {
    const index = labelIndex(row, element);
    const type = index < 0 ? places.shift() : labels[index];
    if (type !== undefined) types.set(element, type);
  }
  return types;
}

/** Elements under the types that they are going to be shown with. */
function relabelled(rows: readonly Row[], elements: readonly Complex[]): readonly Complex[] {
  // The parts of an address share its type: one of another type must not be mixed with it.
  const whole = rows.filter(({ scim }) => scim?.sub === undefined);
  const types = new Map<Complex, string>();
  for (const [row, dealt] of deal(whole, elements))
    for (const [element, type] of typesIn(row, dealt)) types.set(element, type);
  return elements.map((element) => {
    const type = types.get(element);
    return type === undefined ? element : { ...element, type };
  });
}

/**
 * What a client sent, in the terms in which this table will show it: the types of addresses and numbers are those of the
 * mapping, and attributes that are kept in one place have one value. So it can be compared with what is stored.
 */
export function asKept(table: Table, attributes: Attributes): Attributes {
  const result: Bag = { ...reconciled(table, attributes) };
  const writable = table.rows.filter(({ writable }) => writable !== 'never');
  for (const attribute of table.type.attributes.filter(isPlural)) {
    const rows = writable.filter(({ scim }) => scim?.attribute === attribute && !scim.extension);
    const elements = result[attribute.name];
    if (rows.length > 0 && Array.isArray(elements))
      result[attribute.name] = relabelled(rows, elements as readonly Complex[]);
  }
  return result;
}
