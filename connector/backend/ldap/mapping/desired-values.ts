import { ScimError } from '../../../scim/error.ts';
import { type Attributes, type Complex, isComplex, isUrn, type Scalar, type Value } from '../../../scim/resource.ts';
import { findExtension } from '../../../scim/schema/resource-type.ts';
import { type Row, scimPathOf, type Table } from './attribute-mapping.ts';
import { deal } from './deal.ts';

export type LdapValue = string | Buffer;

/** What one attribute of an entry shall hold. */
export interface Desired {
  readonly ldap: string;
  readonly key: string;
  readonly values: readonly LdapValue[];
  /** Other values in the entry are not SCIM's and stay. */
  readonly firstOnly: boolean;
  /** The first value means something: it is the primary one. */
  readonly ordered: boolean;
}

/** The block of attributes a row looks into. An open extension's may stand under any of the app's URNs. */
function bagOf(table: Table, row: Row, attributes: Attributes): Attributes {
  const extension = row.scim?.extension;
  if (!extension) return attributes;
  const blocks = Object.entries(attributes).filter(
    ([name]) => isUrn(name) && findExtension(table.type, name)?.extension === extension,
  );
  return Object.assign({}, ...blocks.map(([, block]) => block)) as Attributes;
}

function plainValues(row: Row, bag: Attributes, dealt: ReadonlyMap<Row, readonly Complex[]>): readonly Scalar[] {
  const { attribute, sub } = row.scim ?? {};
  if (!attribute) return [];
  const value = bag[attribute.name] as Value | undefined;
  if (attribute.multiValued && attribute.type === 'complex') {
    const part = sub?.name ?? 'value';
    return (dealt.get(row) ?? []).flatMap((element) => (element[part] === undefined ? [] : [element[part] as Scalar]));
  }
  if (value === undefined) return [];
  if (Array.isArray(value)) return value as readonly Scalar[];
  if (!isComplex(value)) return [value as Scalar];
  const part = sub && value[sub.name];
  return part === undefined ? [] : [part as Scalar];
}

function written(row: Row, value: Scalar): LdapValue {
  const text = row.lower && typeof value === 'string' ? value.toLowerCase() : value;
  try {
    const converted = row.syntax.toLdap(text);
    return typeof converted === 'string' ? row.prefix + converted : converted;
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw new ScimError(error.reason, `${scimPathOf(row)}: ${error.message}`, { cause: error });
  }
}

function valuesOf(row: Row, bag: Attributes, whole: Attributes, dealt: ReadonlyMap<Row, Complex[]>): LdapValue[] {
  // Directories refuse empty values (invalidAttributeSyntax): an empty text is no value.
  const values = plainValues(row, bag, dealt).filter((value) => value !== '');
  const kept = row.many ? values : values.slice(0, 1);
  if (kept.length > 0) return [...new Set(kept.map((value) => written(row, value)))];
  for (const template of row.otherwise) {
    const text = template.render(whole);
    if (text !== undefined) return [written(row, text)];
  }
  return row.placeholder === undefined ? [] : [row.placeholder];
}

/**
 * What the entry of `attributes` shall hold, for every directory attribute with a row that `concerns` accepts. Rows
 * that share one attribute: the first with a value counts, unless they carry several.
 * Rows of syntax `dn` are left to the caller, who knows where ids lead.
 */
export function desiredValues(table: Table, attributes: Attributes, concerns: (row: Row) => boolean): Desired[] {
  const usable = table.rows.filter((row) => row.writable !== 'never' && row.syntax.name !== 'dn');
  const keys = new Set(usable.filter(concerns).map(({ key }) => key));
  return [...keys].map((key) => {
    const rows = usable.filter((row) => row.key === key);
    const found = rows.map((row) => {
      const bag = bagOf(table, row, attributes);
      const { attribute, extension } = row.scim ?? {};
      const siblings = usable.filter(
        (other) => other.scim?.attribute === attribute && other.scim?.extension === extension,
      );
      const elements = attribute ? ((bag[attribute.name] ?? []) as readonly Complex[]) : [];
      const plural = attribute?.multiValued && attribute.type === 'complex';
      return valuesOf(row, bag, attributes, plural ? deal(siblings, elements) : new Map());
    });
    const many = rows.some((row) => row.many || row.scim?.label !== undefined);
    const values = many ? [...new Set(found.flat())] : (found.find((list) => list.length > 0) ?? []);
    return {
      ldap: rows[0]?.ldap ?? key,
      key,
      values,
      firstOnly: !many,
      ordered: rows.some(({ labels }) => labels.length > 0),
    };
  });
}
