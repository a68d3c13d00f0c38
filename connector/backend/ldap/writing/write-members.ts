import { normalDn } from '../directory/dn.ts';
import { present } from '../directory/filter.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Entry, Modification, Session } from '../directory/session.ts';
import type { Membership } from '../layout/membership.ts';
import { type MemberDelta, memberSteps } from './member-steps.ts';

/** Somebody else added or removed the same member first (docs/directories.md, Groups). */
export const OVERTAKEN: ReadonlySet<number | undefined> = new Set([
  // OpenLDAP and 389.
  RESULT.attributeOrValueExists,
  RESULT.noSuchAttribute,
  // Active Directory.
  RESULT.entryAlreadyExists,
  RESULT.unwillingToPerform,
]);
const ATTEMPTS = 4;

async function currentMembers(session: Session, { attribute, key }: Membership, dn: string): Promise<string[]> {
  const search = { base: dn, scope: 'base', filter: present('objectClass'), attributes: [attribute] } as const;
  const [entry] = await session.search(search);
  return (entry?.attributes.get(key) ?? []).map(String);
}

/** What of `delta` is still to be done. */
function missing({ by }: Membership, current: readonly string[], delta: MemberDelta): MemberDelta {
  const same = (value: string): string => (by === 'dn' ? normalDn(value) : value);
  const there = new Map(current.map((value) => [same(value), value]));
  return {
    add: delta.add.filter((value) => !there.has(same(value))),
    remove: delta.remove.flatMap((value) => there.get(same(value)) ?? []),
  };
}

/**
 * Adds and removes members in bounded steps, so that exactly these are in and those are out at the end, whatever
 * others do at the same time. `leading` goes with the first step.
 * @returns whether others changed the members meanwhile
 */
export async function writeMembers(
  session: Session,
  membership: Membership,
  group: Entry,
  delta: MemberDelta,
  leading: readonly Modification[] = [],
): Promise<boolean> {
  let current = (group.attributes.get(membership.key) ?? []).map(String);
  let first = leading;
  for (let left = ATTEMPTS; ; left -= 1) {
    // At first the difference is that of the entry at hand; ten thousand members need not be compared for one.
    const todo = left === ATTEMPTS ? delta : missing(membership, current, delta);
    const [head = [], ...rest] = memberSteps(membership, current, todo);
    try {
      for (const step of [[...first, ...head], ...rest]) {
        if (step.length > 0) await session.modify(group.dn, step);
        first = [];
      }
      return left < ATTEMPTS;
    } catch (error) {
      if (!(error instanceof LdapFailure) || !OVERTAKEN.has(error.code) || left <= 1) throw error;
      current = await currentMembers(session, membership, group.dn);
    }
  }
}
