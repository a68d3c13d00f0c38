import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import type { MatchingRules, Schema } from '../layout/schema.ts';

/** An attribute in use that no line of the mapping reads. */
export interface Unmapped {
  readonly ldap: string;
  /** Share of the entries that have it. Unit: percent. */
  readonly share: number;
  readonly many: boolean;
  /** Where it would go in SCIM: a path of the core schema, or `custom.NAME`. */
  readonly path: string;
  /** Of a custom attribute, in the words of [users.custom]. */
  readonly type: 'string' | 'boolean' | 'integer' | 'datetime' | 'list';
}

/** SCIM's place for attributes of people that have one, beyond the profiles' own lines. */
const CORE: Readonly<Record<string, string>> = {
  c: 'addresses.work.country',
  co: 'addresses.work.country',
  postaladdress: 'addresses.work.formatted',
  homepostaladdress: 'addresses.home.formatted',
  middlename: 'name.middleName',
  generationqualifier: 'name.honorificSuffix',
  personaltitle: 'name.honorificPrefix',
  labeleduri: 'profileUrl',
  wwwhomepage: 'profileUrl',
  division: `${ENTERPRISE_SCHEMA}:division`,
};

/** What a server keeps for itself, secrets, and what is no text. */
const OWN =
  /^(objectclass|userpassword|unicodepwd|cn|name|distinguishedname|entry.*|structuralobjectclass|subschemasubentry|hassubordinates|numsubordinates|creatorsname|modifiersname|createtimestamp|modifytimestamp|pwd.*|passw.*|ns.*|krb.*|memberof|ismemberof|object(guid|sid|category|version)|instancetype|usn.*|when.*|samaccount.*|useraccountcontrol|badp.*|badpw.*|last(logon|logoff).*|log(on|off).*|account.*|primarygroup.*|codepage|countrycode|admincount|ms-?ds.*|msexch.*|showin.*|repl.*|lockout.*|iscritical.*|dscore.*|ntsecurity.*|jpegphoto|photo|thumbnail.*|audio|user(certificate|smime.*|pkcs12)|grouptype|parentid|sync.*|dn)$/;

/** RFC 4517 §3.3, and what Active Directory calls them. */
const TYPES: Readonly<Record<string, Unmapped['type']>> = {
  '1.3.6.1.4.1.1466.115.121.1.7': 'boolean',
  '1.3.6.1.4.1.1466.115.121.1.27': 'integer',
  '1.3.6.1.4.1.1466.115.121.1.24': 'datetime',
};
/** DNs, octet strings and pictures: a custom attribute cannot hold them. */
const NO_TEXT: ReadonlySet<string> = new Set([
  '1.3.6.1.4.1.1466.115.121.1.12',
  '1.3.6.1.4.1.1466.115.121.1.40',
  '1.3.6.1.4.1.1466.115.121.1.28',
  '1.3.6.1.4.1.1466.115.121.1.8',
]);

const syntaxOf = ({ syntax = '' }: MatchingRules): string => syntax.replace(/\{\d+\}$/, '');

const typeOf = (rules: MatchingRules, many: boolean): Unmapped['type'] =>
  many ? 'list' : (TYPES[syntaxOf(rules)] ?? 'string');

/** How often an attribute is used. */
export type Use = Pick<Unmapped, 'share' | 'many'>;

/** Where an attribute would go; `undefined` when nobody would map it. @param key  its lower-case name */
export function unmappedAttribute(type: ResourceType, schema: Schema, key: string, use: Use): Unmapped | undefined {
  const rules = schema.get(key) ?? {};
  if (OWN.test(key) || key.includes(';') || NO_TEXT.has(syntaxOf(rules))) return undefined;
  const core = type.isAccount ? CORE[key] : undefined;
  const ldap = rules.spelling ?? key;
  return { ldap, ...use, path: core ?? `custom.${ldap}`, type: typeOf(rules, use.many) };
}
