import { setTimeout as pause } from 'node:timers/promises';
import { type Change, isChangeOf } from '../../../scim/change.ts';
import { notUnique } from '../../../scim/error.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import { fold } from '../../../scim/text.ts';
import { normalDn } from '../directory/dn.ts';
import { allOf, anyOf, equals } from '../directory/filter.ts';
import { RESULT } from '../directory/result-code.ts';
import { type Entry, LdapFailure, type Session } from '../directory/session.ts';
import type { Branch } from '../layout/tree.ts';
import type { WriteContext } from './write-context.ts';

/** The name that `changes` give to a resource; `undefined` when they leave it. */
export function newName(type: ResourceType, changes: readonly Change[]): string | undefined {
  const change = changes.filter(isChangeOf(type.naturalKey)).findLast(({ op }) => op === 'set');
  return change?.op === 'set' ? String(change.value) : undefined;
}

/** Everybody called `name`, as the directory compares. */
async function namesakes({ tree }: WriteContext, session: Session, branch: Branch, name: string): Promise<Entry[]> {
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
  parts: WriteContext,
  session: Session,
  branch: Branch,
  name: string,
  self?: string,
): Promise<void> {
  const own = self === undefined ? undefined : normalDn(self);
  const others = (await namesakes(parts, session, branch, name)).filter(({ dn }) => normalDn(dn) !== own);
  if (others.length > 0) throw notUnique(branch.type.naturalKey, name);
}

/** How often, and how long apart, the better entry looks whether the other has gone. Unit: ms. */
const LOOKS = 4;
const PAUSE = 100;

/**
 * After an add under a DN that does not hold the name: another instance may have added the same name at the same
 * moment. The older entry is the better one, by id where the clock does not tell. The worse goes at once. The better
 * waits for that, and goes as well when it does not happen: the other had looked before we were there, and stays.
 * @throws uniqueness when the entry at `dn` was taken back
 */
export async function settleRace(
  parts: WriteContext,
  session: Session,
  branch: Branch,
  name: string,
  dn: string,
): Promise<void> {
  const own = normalDn(dn);
  for (let look = 1; ; look += 1) {
    const rivals = (await namesakes(parts, session, branch, name)).sort((a, b) =>
      age(parts, a) < age(parts, b) ? -1 : 1,
    );
    if (rivals.every((entry) => normalDn(entry.dn) === own)) return;
    const better = rivals[0] !== undefined && normalDn(rivals[0].dn) === own;
    if (!better || look > LOOKS) break;
    await pause(PAUSE);
  }
  await takeBack(session, dn);
  throw notUnique(branch.type.naturalKey, name);
}

function age({ tree }: WriteContext, { attributes }: Entry): string {
  const text = (value: string | Buffer = ''): string => (typeof value === 'string' ? value : value.toString('hex'));
  const { created, id } = tree.profile;
  return [created, id.attribute].map((key) => text(attributes.get(key.toLowerCase())?.[0])).join(' ');
}

/** Undoes an add of ours; that it is gone already is as good. */
export async function takeBack(session: Session, dn: string): Promise<void> {
  try {
    await session.delete(dn);
  } catch (error) {
    if (!(error instanceof LdapFailure) || error.code !== RESULT.noSuchObject) throw error;
  }
}
