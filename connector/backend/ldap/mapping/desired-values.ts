import type { Change } from '../../../scim/change.ts';
import { ScimError } from '../../../scim/error.ts';
import { type Attributes, type Complex, isComplex, isUrn, type Scalar, type Value } from '../../../scim/resource.ts';
import { findExtension } from '../../../scim/schema/resource-type.ts';
import { type Row, scimPathOf, type Table } from './attribute-mapping.ts';

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
  const extension = row.target?.extension;
  if (!extension) return attributes;
  const blocks = Object.entries(attributes).filter(
    ([name]) => isUrn(name) && findExtension(table.type, name)?.extension === extension,
  );
  return Object.assign({}, ...blocks.map(([, block]) => block)) as Attributes;
}

const folded = (value: unknown): string => String(value).toLowerCase();

function claims({ target }: Row, element: Complex): boolean {
  const label = target?.label;
  if (label === undefined) return true;
  const { type } = element;
  if (type !== undefined && folded(type) === label.toLowerCase()) return true;
  return label === 'primary' && element['primary'] === true;
}

/**
 * Deals the values of a plural attribute out to its rows: by primary and type; what nobody claims goes to the first
 * row with room for it.
 */
function deal(rows: readonly Row[], elements: readonly Complex[]): Map<Row, Complex[]> {
  const dealt = new Map<Row, Complex[]>(rows.map((row) => [row, []]));
  const hasRoom = (row: Row): boolean => row.many || dealt.get(row)?.length === 0;
  const primaryFirst = [...elements].sort((a, b) => Number(b['primary'] === true) - Number(a['primary'] === true));
  const unclaimed: Complex[] = [];
  const give = (taker: Row, element: Complex): void => {
    // Rows of one label (the parts of an address) share the element.
    for (const row of rows) if (row.target?.label === taker.target?.label) dealt.get(row)?.push(element);
  };
  for (const element of primaryFirst) {
    const takers = rows.filter((row) => claims(row, element));
    const taker = takers.find(({ target }) => target?.label !== undefined) ?? takers[0];
    if (taker) give(taker, element);
    else unclaimed.push(element);
  }
  for (const element of unclaimed) {
    const taker = rows.find(hasRoom);
    if (taker) give(taker, element);
  }
  return dealt;
}

function plainValues(row: Row, bag: Attributes, dealt: ReadonlyMap<Row, readonly Complex[]>): readonly Scalar[] {
  const { attribute, sub } = row.target ?? {};
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
      const { attribute, extension } = row.target ?? {};
      const siblings = usable.filter(
        (other) => other.target?.attribute === attribute && other.target?.extension === extension,
      );
      const elements = attribute ? ((bag[attribute.name] ?? []) as readonly Complex[]) : [];
      const plural = attribute?.multiValued && attribute.type === 'complex';
      return valuesOf(row, bag, attributes, plural ? deal(siblings, elements) : new Map());
    });
    const many = rows.some((row) => row.many || row.target?.label !== undefined);
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

/** Whether a row's values may differ after `changes`. */
export function touchedBy(table: Table, changes: readonly Change[]): (row: Row) => boolean {
  const core = new Set<string>();
  const inExtension = new Set<string>();
  for (const { path } of changes) {
    if (path.extension === undefined) core.add(path.attribute);
    else inExtension.add(`${findExtension(table.type, path.extension)?.extension.urn}:${path.attribute}`);
  }
  return ({ target, otherwise, writable }) => {
    if (writable !== 'always') return false;
    if (otherwise.some(({ uses }) => [...uses].some((name) => core.has(name)))) return true;
    if (!target) return false;
    const { extension, attribute } = target;
    return extension ? inExtension.has(`${extension.urn}:${attribute.name}`) : core.has(attribute.name);
  };
}
