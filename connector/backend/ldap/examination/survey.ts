import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { Directory, Entry } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import type { MatchingRules, Schema } from '../layout/schema.ts';
import { branchesOf, type Tree } from '../layout/tree.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';

/** Entries that are looked at. */
const SAMPLE = 500;

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

export interface Survey {
  readonly table: 'users' | 'groups';
  readonly base: string;
  readonly entries: number;
  /** Lines of the mapping, and the share of the entries that have a value there. Unit: percent. */
  readonly mapped: readonly { readonly path: string; readonly ldap: string; readonly share: number }[];
  readonly unmapped: readonly Unmapped[];
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

function counted(entries: readonly Entry[]): ReadonlyMap<string, { readonly count: number; readonly many: boolean }> {
  const counts = new Map<string, { count: number; many: boolean }>();
  for (const { attributes } of entries)
    for (const [key, values] of attributes) {
      const now = counts.get(key) ?? { count: 0, many: false };
      counts.set(key, { count: now.count + 1, many: now.many || values.length > 1 });
    }
  return counts;
}

const spelling = (schema: Schema, key: string): string => schema.get(key)?.spelling ?? key;

function survey(tree: Tree, branch: Branch, entries: readonly Entry[]): Survey {
  const counts = counted(entries);
  const share = (count = 0): number => Math.round((count / Math.max(1, entries.length)) * 100);
  const { rows } = branch.table;
  const taken = new Set(rows.map(({ ldap }) => keyOf(ldap)));
  const { membership, profile, schema } = tree;
  const known = new Set([...taken, membership.key, profile.id.attribute.toLowerCase()]);
  const unmapped = [...counts].flatMap(([key, { count, many }]): Unmapped[] => {
    const rules = schema.get(key) ?? {};
    const isOwn = rules.names?.some((name) => known.has(name)) === true || known.has(key) || OWN.test(key);
    if (isOwn || key.includes(';') || NO_TEXT.has(syntaxOf(rules))) return [];
    const core = branch.type.isAccount ? CORE[key] : undefined;
    const ldap = spelling(schema, key);
    return [{ ldap, share: share(count), many, path: core ?? `custom.${ldap}`, type: typeOf(rules, many) }];
  });
  return {
    table: branch.section,
    base: branch.base,
    entries: entries.length,
    mapped: rows.map((row) => ({ path: row.path, ldap: row.ldap, share: share(counts.get(row.key)?.count) })),
    unmapped: unmapped.toSorted((a, b) => b.share - a.share || a.ldap.localeCompare(b.ldap)),
  };
}

/** What the first entries of each base hold, beside the mapping in force. */
export async function surveyed(directory: Directory, signal: AbortSignal, tree: Tree): Promise<readonly Survey[]> {
  const surveys: Survey[] = [];
  for (const branch of branchesOf(tree)) {
    const search = { base: branch.base, scope: 'sub', filter: branch.objects, attributes: ['*'] } as const;
    const entries = await directory.cursor(signal, async (session) => {
      const found: Entry[] = [];
      for await (const page of session.pages(search)) {
        found.push(...page);
        if (found.length >= SAMPLE) break;
      }
      return found.slice(0, SAMPLE);
    });
    surveys.push(survey(tree, branch, entries));
  }
  return surveys;
}
