import type { Attributes, Bag, Scalar, Value } from '../../../scim/resource.ts';
import { namingsOf } from '../directory/dn.ts';
import type { Entry } from '../directory/session.ts';
import type { Row, Table } from './attribute-mapping.ts';
import { isPlural, labelAt } from './labels.ts';
import { shownValue } from './shown-value.ts';

type Element = Record<string, Scalar>;

/** The values of a row's attribute; the one that names the entry first where only one is shown. */
function ordered({ key, many }: Row, { dn, attributes }: Entry): readonly (string | Buffer)[] {
  const values = attributes.get(key) ?? [];
  if (many || values.length < 2) return values;
  const namings = namingsOf(dn).filter(({ attribute }) => attribute.toLowerCase() === key);
  const shown = shownValue(values, namings);
  return shown === undefined || shown === values[0] ? values : [shown, ...values.filter((value) => value !== shown)];
}

/** A value of the directory in SCIM's terms; `undefined` when it is not one of the row's. */
function readValue(row: Row, value: string | Buffer): Scalar | undefined {
  if (value === row.placeholder) return undefined;
  if (row.prefix === '') return row.syntax.toScim(value);
  const isOwn = typeof value === 'string' && value.startsWith(row.prefix);
  return isOwn ? row.syntax.toScim(value.slice(row.prefix.length)) : undefined;
}

const NONE: readonly Scalar[] = [];

/** The values of a row in an entry, as SCIM has them. */
export function readValues(row: Row, entry: Entry): readonly Scalar[] {
  const all = entry.attributes.get(row.key);
  if (all === undefined) return NONE;
  // Most attributes of an import have one value.
  const [only] = all;
  if (all.length === 1 && only !== undefined) {
    const value = readValue(row, only);
    return value === undefined ? NONE : [value];
  }
  const values = ordered(row, entry).flatMap((value) => readValue(row, value) ?? []);
  return row.many ? values : values.slice(0, 1);
}

/** Those of the values of an attribute that belong to a row: others are not SCIM's, and stay. */
export function ownValues(row: Row, entry: Entry): readonly (string | Buffer)[] {
  const own = ordered(row, entry).filter((value) => value === row.placeholder || readValue(row, value) !== undefined);
  return row.many ? own : own.slice(0, 1);
}

function addElements(elements: Element[], row: Row, values: readonly Scalar[]): void {
  const part = row.scim?.sub?.name;
  values.forEach((value, index) => {
    const label = labelAt(row, index);
    // Rows with a sub-attribute (addresses) put their parts into one element for each type.
    const same = part === undefined ? undefined : elements.find(({ type }) => type === label.type);
    if (same && part !== undefined) same[part] = value;
    else elements.push({ [part ?? 'value']: value, ...label });
  });
}

/** Groups rows by the SCIM attribute they fill, in the order of the table. */
function place(bag: Bag, row: Row, values: readonly Scalar[]): void {
  const { attribute, sub } = row.scim ?? {};
  const [first] = values;
  if (!attribute || first === undefined) return;
  const { name } = attribute;
  if (isPlural(attribute)) {
    bag[name] ??= [];
    addElements(bag[name] as unknown as Element[], row, values);
  } else if (attribute.multiValued) {
    bag[name] = [...((bag[name] ?? []) as readonly Scalar[]), ...values];
  } else if (sub) {
    bag[name] = { [sub.name]: first, ...(bag[name] as Attributes | undefined) } as Value;
  } else {
    bag[name] ??= row.many && values.length > 1 ? [...values] : first;
  }
}

/** The attributes an entry holds by itself: without references, `active` and what is computed. */
export function decodeEntry({ rows }: Table, entry: Entry): Attributes {
  const core: Bag = {};
  for (const row of rows) {
    if (!row.readable || !row.scim || row.syntax.name === 'dn') continue;
    const values = readValues(row, entry);
    if (values.length === 0) continue;
    const { extension } = row.scim;
    if (!extension) place(core, row, values);
    else {
      core[extension.urn] ??= {};
      place(core[extension.urn] as Bag, row, values);
    }
  }
  return core;
}
