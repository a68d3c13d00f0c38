import { setTimeout as pause } from 'node:timers/promises';
import { notUnique } from '../../../scim/error.ts';
import { normalDn } from '../directory/dn.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Entry, Session } from '../directory/session.ts';
import type { Profile } from '../layout/profile.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import { namesakes } from './uniqueness.ts';

/** How often, and how long apart, the better entry looks whether the other has gone. Unit: ms. */
export const LOOKS = 4;
export const PAUSE = 100;

/** Compares as the entries' age does: when they were made, else their ids. */
export function age({ created, id }: Profile, { attributes }: Entry): string {
  const text = (value: string | Buffer = ''): string => (typeof value === 'string' ? value : value.toString('hex'));
  return [created, id.attribute].map((key) => text(attributes.get(key.toLowerCase())?.[0])).join(' ');
}

/**
 * After an add under a DN that does not hold the name: another instance may have added the same name at the same
 * moment. The older entry is the better one, by id where the clock does not tell. The worse goes at once. The better
 * waits for that, and goes as well when it does not happen: the other had looked before we were there, and stays.
 * @throws uniqueness when the entry at `dn` was taken back
 */
export async function resolveRace(tree: Tree, work: Work, name: string, dn: string): Promise<void> {
  const own = normalDn(dn);
  for (let look = 1; ; look += 1) {
    const rivals = (await namesakes(tree, work, name)).toSorted((a, b) =>
      age(tree.profile, a) < age(tree.profile, b) ? -1 : 1,
    );
    if (rivals.every((entry) => normalDn(entry.dn) === own)) return;
    const better = rivals[0] !== undefined && normalDn(rivals[0].dn) === own;
    if (!better || look > LOOKS) break;
    await pause(PAUSE);
  }
  await takeBack(work.session, dn);
  throw notUnique(work.branch.type.naturalKey, name);
}

/** Undoes an add of ours; that it is gone already is as good. */
export async function takeBack(session: Session, dn: string): Promise<void> {
  try {
    await session.delete(dn);
  } catch (error) {
    if (!(error instanceof LdapFailure) || error.code !== RESULT.noSuchObject) throw error;
  }
}
