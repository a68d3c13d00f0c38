import { ScimError } from '../../../scim/error.ts';
import { type Attributes, type Complex, isComplex, isUrn, type Scalar, type Value } from '../../../scim/resource.ts';
import { findExtension } from '../../../scim/schema/resource-type.ts';
import { type Row, scimPathOf, type Table } from './attribute-mapping.ts';
import { deal } from './deal.ts';
import { isPlural } from './labels.ts';
import type { Template } from './template.ts';

export type LdapValue = string | Buffer;

/** The block of attributes a row looks into. An open extension's may stand under any of the app's URNs. */
function bagOf(table: Table, row: Row, attributes: Attributes): Attributes {
  const extension = row.scim?.extension;
  if (!extension) return attributes;
  const blocks = Object.entries(attributes).filter(
    ([name]) => isUrn(name) && findExtension(table.type, name)?.extension === extension,
  );
  return Object.assign({}, ...blocks.map(([, block]) => block)) as Attributes;
}

/** The lines of one attribute of SCIM that can be written. */
const siblingsOf = ({ rows }: Table, { scim }: Row): readonly Row[] =>
  rows.filter(
    (other) =>
      other.writable !== 'never' &&
      other.scim?.attribute === scim?.attribute &&
      other.scim?.extension === scim?.extension,
  );

/** What `attributes` say for a row, in SCIM's terms. */
function scalarsOf(table: Table, row: Row, attributes: Attributes): readonly Scalar[] {
  const { attribute, sub } = row.scim ?? {};
  if (!attribute) return [];
  const value = bagOf(table, row, attributes)[attribute.name] as Value | undefined;
  if (isPlural(attribute)) {
    const part = sub?.name ?? 'value';
    const dealt = deal(siblingsOf(table, row), (value ?? []) as readonly Complex[]);
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
    throw new ScimError(error.reason, `${scimPathOf(row)}: ${error.message}`, { fault: error.fault, cause: error });
  }
}

/** Numbers compare without blanks and hyphens (RFC 4517 §4.2.29), most text without case. */
const comparable = (value: string): string =>
  /^[+\d() -]*$/.test(value) ? value.replace(/[ -]/g, '') : value.toLowerCase().trim();

/** Whether a directory may take two values for the same one: it refuses both at once (attributeOrValueExists). */
export const alike = (a: LdapValue, b: LdapValue): boolean =>
  typeof a === 'string' && typeof b === 'string' ? comparable(a) === comparable(b) : String(a) === String(b);

/** Without what is there already; addresses and numbers also in another spelling. */
function distinct(row: Row, values: readonly LdapValue[]): LdapValue[] {
  const same = isPlural(row.scim?.attribute) ? alike : (a: LdapValue, b: LdapValue): boolean => a === b;
  return values.filter((value, i) => values.findIndex((other) => same(other, value)) === i);
}

/** What `attributes` say for a row. @throws invalidValue naming the attribute */
export function givenValues(table: Table, row: Row, attributes: Attributes): LdapValue[] {
  // Directories refuse empty values (invalidAttributeSyntax): an empty text is no value.
  const values = scalarsOf(table, row, attributes).filter((value) => value !== '');
  const kept = row.many ? values : values.slice(0, 1);
  return distinct(
    row,
    kept.map((value) => written(row, value)),
  );
}

/** What the generated templates of a new entry have become. */
export type Generated = ReadonlyMap<Template, string>;

const found = (template: Template, generated: Generated | 'kept'): string | undefined =>
  generated === 'kept' ? undefined : generated.get(template);

/** What a row holds where nothing is said: what its templates make of `attributes`, else its placeholder. */
export function standIn(row: Row, attributes: Attributes, generated: Generated | 'kept'): LdapValue[] {
  for (const template of row.otherwise) {
    const text = template.generator ? found(template, generated) : template.render(attributes);
    if (text !== undefined) return [written(row, text)];
  }
  return row.placeholder === undefined ? [] : [row.placeholder];
}
