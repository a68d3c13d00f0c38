import { entryAt } from '../directory/entry-at.ts';
import { equals } from '../directory/filter.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Modification, Session } from '../directory/session.ts';
import type { Membership } from '../layout/membership.ts';
import type { MemberDelta } from './member-steps.ts';
import { OVERTAKEN } from './write-members.ts';

const ATTEMPTS = 4;

/** Whether a group lists `value`: asked of the server, so that the other values stay there. */
const lists = async (session: Session, { attribute }: Membership, dn: string, value: string): Promise<boolean> =>
  (await entryAt(session, dn, { filter: equals(attribute, value), attributes: ['1.1'] })) !== undefined;

/** What of `delta` is still to be done. */
async function missing(session: Session, membership: Membership, dn: string, delta: MemberDelta): Promise<MemberDelta> {
  const still = async (values: readonly string[], when: boolean): Promise<readonly string[]> => {
    const there = await Promise.all(values.map((value) => lists(session, membership, dn, value)));
    return values.filter((_, i) => there[i] === when);
  };
  const [add, remove] = await Promise.all([still(delta.add, false), still(delta.remove, true)]);
  return { add, remove };
}

const isSmaller = (one: MemberDelta, other: MemberDelta): boolean =>
  one.add.length + one.remove.length < other.add.length + other.remove.length;

/** The placeholder leaves with the first member that comes. */
async function toHide(session: Session, membership: Membership, dn: string, delta: MemberDelta): Promise<boolean> {
  const { placeholder } = membership;
  return placeholder !== undefined && delta.add.length > 0 && (await lists(session, membership, dn, placeholder));
}

interface Step {
  readonly delta: MemberDelta;
  readonly placeholder?: 'add' | 'delete';
}

/** Values are added before others go, so that a class that demands a member has one at every moment. */
function modificationsOf(
  { attribute, placeholder = '' }: Membership,
  { delta, ...step }: Step,
): readonly Modification[] {
  const hidden = (operation: 'add' | 'delete'): readonly string[] =>
    step.placeholder === operation ? [placeholder] : [];
  const all = [
    { operation: 'add', attribute, values: [...delta.add, ...hidden('add')] },
    { operation: 'delete', attribute, values: [...delta.remove, ...hidden('delete')] },
  ] as const;
  return all.filter(({ values }) => values.length > 0);
}

/**
 * Adds and removes a few members of a group without reading the others. The server refuses a value that is there, or gone,
 * already; then each is looked for, and only what is left is written. `leading` goes with it.
 * @returns whether there was anything to write
 */
export async function writeDelta(
  session: Session,
  membership: Membership,
  dn: string,
  delta: MemberDelta,
  leading: readonly Modification[] = [],
): Promise<boolean> {
  let step: Step = { delta, ...((await toHide(session, membership, dn, delta)) ? { placeholder: 'delete' } : {}) };
  for (let left = ATTEMPTS; ; left -= 1) {
    const modifications = [...leading, ...modificationsOf(membership, step)];
    if (modifications.length === 0) return false;
    try {
      await session.modify(dn, modifications);
      return true;
    } catch (error) {
      const next =
        left > 1 && error instanceof LdapFailure ? await nextStep(session, membership, dn, step, error) : undefined;
      if (!next) throw error;
      step = next;
    }
  }
}

/** What to try instead; `undefined` where the refusal has another reason. */
async function nextStep(
  session: Session,
  membership: Membership,
  dn: string,
  { delta, placeholder }: Step,
  { code }: LdapFailure,
): Promise<Step | undefined> {
  // The class demands a member, and the last one goes.
  if (code === RESULT.objectClassViolation && membership.placeholder !== undefined && delta.remove.length > 0)
    return placeholder === undefined ? { delta, placeholder: 'add' } : undefined;
  if (!OVERTAKEN.has(code)) return undefined;
  const todo = await missing(session, membership, dn, delta);
  const hides = await toHide(session, membership, dn, todo);
  if (!isSmaller(todo, delta) && hides === (placeholder === 'delete')) return undefined;
  return { delta: todo, ...(hides ? { placeholder: 'delete' } : {}) };
}
