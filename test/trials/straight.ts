import { shownIn } from '../../connector/simulator/belief/attributes.ts';
import type { Beliefs } from '../../connector/simulator/belief/beliefs.ts';
import { isObject } from '../../connector/simulator/judgement.ts';
import type { Known } from '../../connector/simulator/payload.ts';

/** What stands in the store itself, read without the connector: values in no order, by the name of whom they are of. */
export interface Straight {
  readonly users: ReadonlyMap<string, Entry>;
  /** Members by user name. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Whether somebody gets in with a password. */
  admits(userName: string, password: string): Promise<boolean>;
}

/** Of a person. */
export type Entry = Readonly<
  Record<'givenName' | 'familyName' | 'emails' | 'mobilePhone' | 'active', readonly string[]>
>;

const sorted = (values: readonly string[]): string => JSON.stringify([...values].sort());

const listed = (list: unknown): readonly Known[] => (Array.isArray(list) ? (list as Known[]) : []);

function entryOf(user: Known): Entry {
  const shown = shownIn('user', user);
  const at = (name: string): readonly string[] => shown.get(name) ?? [];
  return {
    givenName: at('givenName'),
    familyName: at('familyName'),
    emails: [...at('email'), ...at('secondEmail')],
    mobilePhone: at('mobilePhone'),
    active: at('active'),
  };
}

/** The same bug cannot hide on both sides. @returns a sentence for each thing that the connector shows otherwise */
export function compareStraight(
  users: readonly Known[],
  groups: readonly Known[],
  straight: Straight,
): readonly string[] {
  const wrong: string[] = [];
  const names = new Map(users.map(({ id, ...user }) => [id, String(user['userName'])] as const));
  for (const user of users) {
    const name = String(user['userName']);
    const there = straight.users.get(name);
    if (!there) wrong.push(`user ${name} is shown and not in the store`);
    for (const [attribute, values] of Object.entries(there ? entryOf(user) : {})) {
      const stored = there?.[attribute as keyof Entry] ?? [];
      if (sorted(values) === sorted(stored)) continue;
      wrong.push(`user ${name}: ${attribute} is shown as ${sorted(values)} and stored as ${sorted(stored)}`);
    }
  }
  for (const group of groups) {
    const name = String(group['displayName']);
    const shown = listed(group['members']).map(
      (one) => names.get(String(isObject(one) && one['value'])) ?? 'a stranger',
    );
    const stored = straight.groups.get(name);
    if (stored && sorted(stored) === sorted(shown)) continue;
    wrong.push(
      `group ${name}: members are shown as ${sorted(shown)} and stored as ${stored ? sorted(stored) : 'none'}`,
    );
  }
  if (straight.users.size !== users.length)
    wrong.push(`${straight.users.size} users are stored and ${users.length} shown`);
  if (straight.groups.size !== groups.length) {
    wrong.push(`${straight.groups.size} groups are stored and ${groups.length} shown`);
  }
  return wrong;
}

/** So many passwords are tried; each takes a store its time. */
const TRIED = 40;

/** Nobody shows a password: those who may log in are tried with the one that was pushed last. */
export async function comparePasswords(
  { users }: { readonly users: readonly Known[] },
  beliefs: Beliefs,
  straight: Straight,
): Promise<{ readonly wrong: readonly string[]; readonly tried: number }> {
  const wrong: string[] = [];
  let tried = 0;
  for (const { id, userName, active } of users as readonly (Known & { userName: string; active: boolean })[]) {
    const belief = beliefs.get('user', id);
    const possible = [...(belief?.register.possible('password') ?? [])];
    if (!belief || !active || possible.length === 0 || tried === TRIED) continue;
    tried += 1;
    const admitted = await Promise.all(possible.map((password) => straight.admits(userName, password)));
    if (!admitted.includes(true))
      wrong.push(`${belief.name} is not let in with the password pushed last; ${belief.told}`);
  }
  return { wrong, tried };
}
