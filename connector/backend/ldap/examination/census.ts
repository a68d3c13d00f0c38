import type { ResourceTypes } from '../../../scim/schema/resource-type.ts';
import type { Census, CensusOptions, Invisible, InvisibleReason } from '../../module/census.ts';
import { entryAt } from '../directory/entry-at.ts';
import { present } from '../directory/filter.ts';
import { termsOf } from '../directory/filter-terms.ts';
import type { Directory, Session } from '../directory/session.ts';
import { type Branch, isNamed } from '../layout/branch.ts';
import type { Membership } from '../layout/membership.ts';
import { readTree } from '../layout/read-tree.ts';
import type { LdapBackendOptions } from '../settings/options.ts';
import { danglingMembers, memberKeyOf } from './dangling-members.ts';
import { type Rules, whyInvisible } from './invisible.ts';

/** Judgements that are held against the directory's own. */
const PROOFS = 10;

const HIDDEN =
  'entries that the service account may not see at all cannot be counted; "check --print-acl" prints the access it needs';
const UNSURE =
  'what does not match the filter cannot be told from here: the directory compares otherwise than the connector';

const fixes = ({ section, objects, natural, type }: Branch): Readonly<Record<InvisibleReason, string>> => ({
  'no name': `give them a value of ${natural.ldap}, or map ${type.naturalKey} to what they have (${section}.map)`,
  'outside filter': `they do not match ${section}.filter, ${objects}; change the entry or the filter if Okta shall see them`,
  'object class': `${section}.filter, ${objects}, asks for an object class that they lack; add the class or change the filter`,
  unreadable: `the service account may not read their ${natural.ldap}; give it the access that "check --print-acl" prints`,
});

interface Tally {
  count: number;
  readonly examples: string[];
}

class Counter {
  /** Who is shown, as groups call them. */
  readonly shown = new Set<string>();
  readonly found = new Map<InvisibleReason, Tally>();
  read = 0;

  add(reason: InvisibleReason, dn: string, most: number): void {
    const tally = this.found.get(reason) ?? { count: 0, examples: [] };
    tally.count += 1;
    if (tally.examples.length < Math.max(most, PROOFS)) tally.examples.push(dn);
    this.found.set(reason, tally);
  }
}

/** All entries below the bases, with the few attributes that tell. Begun anew when another server takes over. */
function counted(
  directory: Directory,
  rules: Rules,
  membership: Membership,
  { signal, examples }: CensusOptions,
): Promise<Counter> {
  const { branch } = rules;
  const { bases, natural, objects } = branch;
  const attributes = [...new Set(['objectClass', natural.ldap, ...termsOf(objects).map(({ attribute }) => attribute)])];
  return directory.cursor(signal, async (session) => {
    const counter = new Counter();
    for (const base of bases)
      for await (const page of session.pages({ base, scope: 'sub', filter: present('objectClass'), attributes })) {
        counter.read += page.length;
        for (const entry of page) {
          const reason = whyInvisible(rules, entry);
          if (reason !== undefined) counter.add(reason, entry.dn, examples);
          else if (isNamed(branch, entry)) counter.shown.add(memberKeyOf(membership, branch, entry));
        }
      }
    return counter;
  });
}

/** Whether the directory finds one that we took for invisible: it compares in ways that are its own. */
async function isSeen(session: Session, { named, natural }: Branch, dns: readonly string[]): Promise<boolean> {
  for (const dn of dns.slice(0, PROOFS)) {
    const entry = await entryAt(session, dn, { filter: named, attributes: [natural.ldap] });
    if (entry?.attributes.has(natural.key)) return true;
  }
  return false;
}

/** Who lies below the base of the users and is not shown to Okta, and why. One search of few attributes. */
export async function takeCensus(
  directory: Directory,
  options: LdapBackendOptions,
  types: ResourceTypes,
  census: CensusOptions,
): Promise<Census> {
  const { tree, classes } = await readTree(directory, census.signal, options, types);
  const branch = tree.users;
  const { found, read, shown } = await counted(
    directory,
    { branch, schema: tree.schema, classes },
    tree.membership,
    census,
  );
  const fix = fixes(branch);
  const invisible: Invisible[] = [];
  let isSure = true;
  for (const [reason, { count, examples }] of found) {
    if (await directory.read(census.signal, (session) => isSeen(session, branch, examples))) isSure = false;
    else invisible.push({ reason, count, fix: fix[reason], examples: examples.slice(0, census.examples) });
  }
  return {
    places: branch.bases,
    read,
    dangling: await danglingMembers(directory, tree, shown, census),
    invisible: invisible.toSorted((a, b) => b.count - a.count),
    note: isSure ? HIDDEN : `${UNSURE}; ${HIDDEN}`,
  };
}
