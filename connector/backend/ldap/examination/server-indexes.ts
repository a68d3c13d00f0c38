import type { Filter } from 'ldapts';
import { anyOf, equals } from '../directory/filter.ts';
import type { Term } from '../directory/filter-terms.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { type Directory, type Entry, firstText, type Search, type Session } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import type { ProfileName } from '../settings/defaults.ts';
import type { ExistingIndex } from './remedies.ts';

/** What a server has indexes for, as far as it tells the service account. */
export interface ServerIndexes {
  serves(term: Term): boolean;
  /** What an index on `attribute` can be added to. */
  existing(attribute: string): ExistingIndex;
}

type ReadIndexes = (
  directory: Directory,
  signal: AbortSignal,
  context: string,
  attributes: readonly string[],
) => Promise<ServerIndexes | undefined>;

/** Nothing where the account may not read it, or it is not there. */
async function seen(session: Session, search: Search): Promise<readonly Entry[]> {
  try {
    return await session.search(search);
  } catch (error) {
    if (error instanceof LdapFailure && error.code !== undefined) return [];
    throw error;
  }
}

const valuesOf = ({ attributes }: Entry, name: string): readonly string[] =>
  (attributes.get(name.toLowerCase()) ?? []).map(String);

/** An index on equality is in order, so that it serves "greater or less" too. */
function servedBy(kinds: ReadonlySet<string>, { match, initial }: Term): boolean {
  if (match === 'sub') return kinds.has('sub') || kinds.has(initial ? 'subinitial' : 'subany');
  return kinds.has(match === 'ordering' ? 'eq' : match);
}

/** slapd-mdb(5): `uid,mail eq,sub`. */
const fromOpenLdap: ReadIndexes = async (directory, signal, context) => {
  const [database] = await directory.read(signal, (session) =>
    seen(session, {
      base: 'cn=config',
      scope: 'one',
      filter: equals('olcSuffix', context),
      attributes: ['olcDatabase', 'olcDbIndex'],
    }),
  );
  if (!database) return undefined;
  const lines = valuesOf(database, 'olcDbIndex').map((text) => text.replace(/^\{\d+\}/, ''));
  const parsed = lines.map((text) => {
    const [names = '', kinds = 'eq'] = text.trim().split(/\s+/);
    return { text, names: names.toLowerCase().split(','), kinds: new Set(kinds.toLowerCase().split(',')) };
  });
  const lineOf = (attribute: string) => parsed.find(({ names }) => names.includes(attribute.toLowerCase()));
  return {
    serves: (term) => servedBy(lineOf(term.attribute)?.kinds ?? new Set(), term),
    existing: (attribute) => {
      const line = lineOf(attribute);
      return line ? { line: line.text } : {};
    },
  };
};

/** cn=index below a backend's configuration, by the name that the mapping tree gives it. */
const from389: ReadIndexes = async (directory, signal, context) =>
  directory.read(signal, async (session) => {
    const [node] = await seen(session, {
      base: 'cn=mapping tree,cn=config',
      scope: 'one',
      filter: equals('cn', context),
      attributes: ['nsslapd-backend'],
    });
    const backend = node && firstText(node.attributes, 'nsslapd-backend');
    if (backend === undefined) return undefined;
    const found = await seen(session, {
      base: `cn=index,cn=${backend},cn=ldbm database,cn=plugins,cn=config`,
      scope: 'one',
      filter: equals('objectClass', 'nsIndex'),
      attributes: ['cn', 'nsIndexType'],
    });
    if (found.length === 0) return undefined;
    const kinds = new Map(
      found.map((entry) => [
        (firstText(entry.attributes, 'cn') ?? '').toLowerCase(),
        new Set(valuesOf(entry, 'nsIndexType').map((kind) => kind.toLowerCase())),
      ]),
    );
    return {
      serves: (term) => servedBy(kinds.get(term.attribute.toLowerCase()) ?? new Set(), term),
      existing: (attribute) => ({ backend, ...(kinds.has(attribute.toLowerCase()) ? { line: attribute } : {}) }),
    };
  });

/** searchFlags (MS-ADTS §2.2.10): values, and parts of any of them. */
const [ATTRIBUTE_INDEX, TUPLE_INDEX] = [0x1, 0x20];

const fromActiveDirectory: ReadIndexes = async (directory, signal, _, attributes) => {
  const base = firstText(await directory.rootDse(signal), 'schemaNamingContext');
  if (base === undefined) return undefined;
  const found = await directory.read(signal, (session) =>
    seen(session, {
      base,
      scope: 'one',
      filter: anyOf(attributes.map((name) => equals('lDAPDisplayName', name))) as Filter,
      attributes: ['lDAPDisplayName', 'searchFlags', 'linkID'],
    }),
  );
  if (found.length === 0) return undefined;
  const known = new Map(
    found.map((entry) => [(firstText(entry.attributes, 'lDAPDisplayName') ?? '').toLowerCase(), entry]),
  );
  return {
    serves: ({ attribute, match, initial }) => {
      const entry = known.get(attribute.toLowerCase());
      const flags = Number((entry && firstText(entry.attributes, 'searchFlags')) ?? 0);
      // Links have a table of their own, in both directions.
      const isLink = entry !== undefined && firstText(entry.attributes, 'linkID') !== undefined;
      if (match === 'sub' && !initial) return (flags & TUPLE_INDEX) !== 0;
      return (flags & ATTRIBUTE_INDEX) !== 0 || isLink;
    },
    existing: () => ({}),
  };
};

const BY_PROFILE: Readonly<Record<ProfileName, ReadIndexes>> = {
  openldap: fromOpenLdap,
  '389ds': from389,
  'active-directory': fromActiveDirectory,
  generic: async () => undefined,
};

/** @returns nothing where the server does not say @throws LdapFailure when it cannot be asked at all */
export const serverIndexes = (
  directory: Directory,
  signal: AbortSignal,
  { profile }: Tree,
  context: string,
  attributes: readonly string[],
): Promise<ServerIndexes | undefined> => BY_PROFILE[profile.name](directory, signal, context, attributes);
