import { notUnique } from '../../scim/error.ts';
import { fold } from '../../scim/filter/matches.ts';
import { normalDn } from './dn.ts';
import { allOf, anyOf, equals } from './ldap-filter.ts';
import type { Parts } from './parts.ts';
import { type Entry, LdapFailure, type Session } from './session.ts';
import type { Branch } from './tree.ts';

export const naturalName = ({ natural }: Branch): string => natural.target?.attribute.name ?? natural.ldap;

/** Everybody called `name`, as the directory compares. */
async function namesakes({ tree }: Parts, session: Session, branch: Branch, name: string): Promise<Entry[]> {
  const { natural } = branch;
  const spellings = [...new Set([name, fold(name)])].map((text) => equals(natural.ldap, natural.prefix + text));
  const filter = allOf([branch.objects, anyOf(spellings)]);
  if (typeof filter === 'boolean') return [];
  const attributes = [tree.profile.created, tree.profile.id.attribute];
  const binary = tree.profile.id.format === 'guid' ? [tree.profile.id.attribute] : [];
  const found = branch.bases.map((base) => session.search({ base, scope: 'sub', filter, attributes, binary }));
  return (await Promise.all(found)).flat();
}

/** @throws uniqueness when somebody else than the entry at `self` has the name */
export async function refuseTaken(
  parts: Parts,
  session: Session,
  branch: Branch,
  name: string,
  self?: string,
): Promise<void> {
  const own = self === undefined ? undefined : normalDn(self);
  const others = (await namesakes(parts, session, branch, name)).filter(({ dn }) => normalDn(dn) !== own);
  if (others.length > 0) throw notUnique(naturalName(branch), name);
}

/**
 * After an add under a DN that does not hold the name: another instance may have added the same name at the same
 * moment. Both look, both come to the same verdict, and the later entry is taken back.
 * @throws uniqueness when `dn` is the later one
 */
export async function settleRace(
  parts: Parts,
  session: Session,
  branch: Branch,
  name: string,
  dn: string,
): Promise<void> {
  const { created, id } = parts.tree.profile;
  const text = (value: string | Buffer = ''): string => (typeof value === 'string' ? value : value.toString('hex'));
  const age = ({ attributes }: Entry): string =>
    [created, id.attribute].map((name) => text(attributes.get(name.toLowerCase())?.[0])).join(' ');
  const [winner] = (await namesakes(parts, session, branch, name)).sort((a, b) => (age(a) < age(b) ? -1 : 1));
  if (!winner || normalDn(winner.dn) === normalDn(dn)) return;
  await takeBack(session, dn);
  throw notUnique(naturalName(branch), name);
}

/** Undoes an add of ours; that it is gone already is as good. */
export async function takeBack(session: Session, dn: string): Promise<void> {
  try {
    await session.delete(dn);
  } catch (error) {
    if (!(error instanceof LdapFailure) || error.code !== 32) throw error;
  }
}
