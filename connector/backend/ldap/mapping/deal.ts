import type { Complex } from '../../../scim/resource.ts';
import type { Row } from './attribute-mapping.ts';
import { labelIndex, place } from './labels.ts';

function claims(row: Row, element: Complex): boolean {
  if (row.scim?.label === undefined || labelIndex(row, element) >= 0) return true;
  return row.scim.label === 'primary' && element['primary'] === true;
}

/**
 * Deals the values of a plural attribute out to its rows: by primary and type; what nobody claims goes to the first
 * row with room for it. Those of one row come in the order of its labels.
 */
export function deal(rows: readonly Row[], elements: readonly Complex[]): Map<Row, Complex[]> {
  const dealt = new Map<Row, Complex[]>(rows.map((row) => [row, []]));
  const hasRoom = (row: Row): boolean => row.many || dealt.get(row)?.length === 0;
  const primaryFirst = [...elements].sort((a, b) => Number(b['primary'] === true) - Number(a['primary'] === true));
  const unclaimed: Complex[] = [];
  const give = (taker: Row, element: Complex): void => {
    // Rows of one label (the parts of an address) share the element.
    for (const row of rows) if (row.scim?.label === taker.scim?.label) dealt.get(row)?.push(element);
  };
  for (const element of primaryFirst) {
    const takers = rows.filter((row) => claims(row, element));
    const taker = takers.find(({ scim }) => scim?.label !== undefined) ?? takers[0];
    if (taker) give(taker, element);
    else unclaimed.push(element);
  }
  for (const element of unclaimed) {
    const taker = rows.find(hasRoom);
    if (taker) give(taker, element);
  }
  for (const [row, list] of dealt) list.sort((a, b) => place(row, a) - place(row, b));
  return dealt;
}
