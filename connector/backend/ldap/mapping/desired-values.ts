import type { Attributes } from '../../../scim/resource.ts';
import type { Entry } from '../directory/session.ts';
import type { Row, Table } from './attribute-mapping.ts';
import { ownValues } from './entry-to-resource.ts';
import { type Generated, givenValues, type LdapValue, standIn } from './row-values.ts';

/** What one attribute of an entry shall hold. */
export interface Desired {
  readonly ldap: string;
  readonly key: string;
  readonly values: readonly LdapValue[];
  /** Those among an entry's values that these replace. The others are not SCIM's, and stay. */
  readonly own: (entry: Entry) => readonly LdapValue[];
  /** The order of the values means something: their types, and which is the primary one. */
  readonly ordered: boolean;
}

/** What else is known of an entry. */
export interface Circumstances {
  /** What the resource is now; nothing for a new one. */
  readonly before: Attributes;
  /** Of a new entry. Later a name or a number that was found once is kept. */
  readonly generated: Generated | 'kept';
}

const NEW: Circumstances = { before: {}, generated: new Map() };

/** Whether rows that share an attribute of the directory have values of it each, and not all the same one. */
export const carryMany = (rows: readonly Row[]): boolean =>
  rows.some(({ many }) => many) || (rows.length > 1 && rows.some(({ scim }) => scim?.label !== undefined));

/**
 * The first row with a value counts: of those whose value is another than before, else of all. What nobody says is made
 * up only where no row has a value.
 */
function chosen(
  table: Table,
  rows: readonly Row[],
  wanted: Attributes,
  { before, generated }: Circumstances,
): LdapValue[] {
  const given = rows.map((row) => ({ row, values: givenValues(table, row, wanted) }));
  const said = given.filter(({ values }) => values.length > 0);
  const [first] = said;
  if (!first) return rows.map((row) => standIn(row, wanted, generated)).find((values) => values.length > 0) ?? [];
  if (said.length === 1) return first.values;
  const isNew = ({ row, values }: typeof first): boolean => {
    const [old] = givenValues(table, row, before);
    return String(old) !== String(values[0]);
  };
  return (said.find(isNew) ?? first).values;
}

/** The values of all rows, each with its own stand-in. */
function together(table: Table, rows: readonly Row[], wanted: Attributes, { generated }: Circumstances): LdapValue[] {
  const found = rows.flatMap((row) => {
    const given = givenValues(table, row, wanted);
    return given.length > 0 ? given : standIn(row, wanted, generated);
  });
  return [...new Set(found)];
}

/**
 * What the entry of `wanted` shall hold, for every directory attribute with a row that `concerns` accepts.
 * Rows of syntax `dn` are left to the caller, who knows where ids lead.
 */
export function desiredValues(
  table: Table,
  wanted: Attributes,
  concerns: (row: Row) => boolean,
  circumstances: Circumstances = NEW,
): Desired[] {
  const usable = table.rows.filter((row) => row.writable !== 'never' && row.syntax.name !== 'dn');
  const keys = new Set(usable.filter(concerns).map(({ key }) => key));
  const isGenerated = (row: Row): boolean => row.otherwise.some(({ generator }) => generator !== undefined);
  return [...keys].flatMap((key): Desired[] => {
    const rows = usable.filter((row) => row.key === key);
    const kept = circumstances.generated === 'kept' && rows.some(isGenerated);
    if (kept && rows.every((row) => givenValues(table, row, wanted).length === 0)) return [];
    const many = carryMany(rows);
    return [
      {
        ldap: rows[0]?.ldap ?? key,
        key,
        values: many ? together(table, rows, wanted, circumstances) : chosen(table, rows, wanted, circumstances),
        own: (entry) => {
          const own = new Set(rows.flatMap((row) => ownValues(many ? { ...row, many } : row, entry)));
          return (entry.attributes.get(key) ?? []).filter((value) => own.has(value));
        },
        ordered: rows.some(({ labels }) => labels.length > 1),
      },
    ];
  });
}
