import type { Element } from '../../../scim/change.ts';
import { notUnique, ScimError } from '../../../scim/error.ts';
import { naturalName } from '../../../scim/names.ts';
import type { Attributes, Resource } from '../../../scim/resource.ts';
import { fold } from '../../../scim/text.ts';
import type { Call } from '../../backend.ts';
import { formatRdn } from '../directory/dn.ts';
import { mayLookAgain, translated } from '../directory/ldap-errors.ts';
import { RESULT } from '../directory/result-code.ts';
import { type Entry, LdapFailure, type Session } from '../directory/session.ts';
import { ACCOUNT_CONTROL, activationChanges, DISABLED_ACCOUNT } from '../layout/activation.ts';
import { refuseProtectedDn } from '../layout/protection.ts';
import type { Branch } from '../layout/tree.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import { desiredValues, type LdapValue } from '../mapping/desired-values.ts';
import { desiredReferences, idsOf, membersById, memberValue } from '../references/ids-to-references.ts';
import type { Reference } from '../references/references.ts';
import { checkPassword, liftsLock, lockedPassword, unicodePassword } from './password.ts';
import { switchAccount } from './switch-account.ts';
import { refuseTaken, settleRace, takeBack } from './uniqueness.ts';
import type { WriteContext } from './write-context.ts';
import { writeMembers } from './write-members.ts';

type NewEntry = Record<string, readonly LdapValue[]>;

interface Draft {
  readonly dn: string;
  readonly name: string;
  readonly entry: NewEntry;
  readonly members: readonly Reference[];
  readonly password?: string;
  readonly active: boolean;
}

/** Members of the add itself; the rest follow in steps. */
const FIRST_MEMBERS = 250;

async function draftOf(parts: WriteContext, session: Session, branch: Branch, attributes: Attributes): Promise<Draft> {
  const { tree, references } = parts;
  const rdnValue = branch.rdn.value.render(attributes);
  const name = naturalName(branch.type, attributes);
  if (rdnValue === undefined || rdnValue.trim() === '') {
    throw new ScimError(
      'invalidValue',
      `${[...branch.rdn.value.uses].join(', ')}: needed to name the entry in the directory`,
    );
  }
  const active = attributes['active'] !== false;
  const apart = branch.type.isAccount && !active && tree.activation.kind === 'move' ? tree.activation.to : undefined;
  const dn = `${formatRdn({ attribute: branch.rdn.attribute, value: rdnValue })},${apart ?? branch.base}`;
  refuseProtectedDn(branch, dn);
  const always = (): boolean => true;
  const members = await membersById(
    session,
    references,
    tree,
    idsOf((attributes['members'] ?? []) as readonly Element[]),
  );
  const pointers = await desiredReferences(session, references, tree, branch, attributes, always);
  const entry: NewEntry = { objectClass: branch.objectClasses };
  for (const [attribute, value] of Object.entries(branch.constants)) entry[attribute] = [value];
  for (const { ldap, values } of [...desiredValues(branch.table, attributes, always), ...pointers]) {
    if (values.length > 0) entry[ldap] = values;
  }
  const named = Object.keys(entry).find((key) => keyOf(key) === keyOf(branch.rdn.attribute)) ?? branch.rdn.attribute;
  // The value in the name must be among the values of the attribute (X.501 §9.3).
  if (!entry[named]?.includes(rdnValue)) entry[named] = [rdnValue, ...(entry[named] ?? [])];
  const password = attributes['password'];
  return {
    dn,
    name,
    entry,
    members,
    ...(password === undefined ? {} : { password: checkPassword(String(password)) }),
    active,
  };
}

/** The account's switch and its password, as far as they are part of the new entry itself. */
function accountValues({ tree }: WriteContext, { password, active }: Draft): NewEntry {
  const values: NewEntry = {};
  const writes =
    active && tree.activation.kind !== 'account-control' ? [] : activationChanges(tree.activation, undefined, active);
  for (const { attribute, values: list } of writes) if (list.length > 0) values[attribute] = list;
  if (tree.activation.kind === 'values' && active) {
    for (const [attribute, value] of Object.entries(tree.activation.active)) values[attribute] = [value];
  }
  if (password === undefined) return values;
  if (tree.passwords === 'unicodePwd') values['unicodePwd'] = [unicodePassword(password)];
  if (tree.passwords === 'modify') values['userPassword'] = [password];
  return values;
}

function memberValues({ tree }: WriteContext, { members }: Draft): NewEntry {
  const { membership } = tree;
  const first = members.slice(0, FIRST_MEMBERS).map((reference) => memberValue(tree, reference));
  const values = first.length === 0 && membership.placeholder !== undefined ? [membership.placeholder] : first;
  return values.length === 0 ? {} : { [membership.attribute]: values };
}

async function add(session: Session, dn: string, entry: NewEntry): Promise<void> {
  try {
    await session.add(dn, entry);
  } catch (error) {
    // Active Directory enables nobody without a password that its policy likes: made inactive, and shown so.
    const enabling = entry[ACCOUNT_CONTROL] !== undefined && entry['unicodePwd'] === undefined;
    if (!(error instanceof LdapFailure) || error.code !== RESULT.unwillingToPerform || !enabling) throw error;
    await session.add(dn, { ...entry, [ACCOUNT_CONTROL]: [DISABLED_ACCOUNT] });
  }
}

/** What cannot be in the add: more members, RFC 3062 passwords, groups and places that mean "inactive". */
async function finish(parts: WriteContext, session: Session, branch: Branch, draft: Draft): Promise<string> {
  const { tree } = parts;
  const { dn, password, active, members } = draft;
  if (branch.type.hasMembers) {
    const rest = members.slice(FIRST_MEMBERS).map((reference) => memberValue(tree, reference));
    if (rest.length > 0) {
      const current = new Map([
        [tree.membership.key, members.slice(0, FIRST_MEMBERS).map((m) => memberValue(tree, m))],
      ]);
      await writeMembers(session, tree.membership, { dn, attributes: current }, { add: rest, remove: [] });
    }
    return dn;
  }
  if (password !== undefined && tree.passwords === 'exop') {
    const locks = !active && liftsLock(tree);
    await translated<unknown>({ operation: 'password', type: branch.type.name }, () =>
      locks ? session.modify(dn, lockedPassword(tree.activation, true, password)) : session.setPassword(dn, password),
    );
  }
  return active || tree.activation.kind === 'move' ? dn : switchAccount(session, tree, dn, false);
}

/** Whether an entry is the one we tried to add: everything we sent and may read is in it. */
function holds({ attributes }: Entry, entry: NewEntry): boolean {
  return Object.entries(entry).every(([name, values]) => {
    const there = attributes.get(keyOf(name))?.map(String);
    return there === undefined || values.every((value) => there.includes(String(value)));
  });
}

/** Adds the entry and makes it what was asked for, or leaves nothing behind. */
async function make(
  parts: WriteContext,
  call: Call,
  branch: Branch,
  attributes: Attributes,
  sent: { dn?: string },
): Promise<Resource> {
  const { directory, finder, assembler } = parts;
  return directory.write(call.signal, async (session) => {
    const draft = await draftOf(parts, session, branch, attributes);
    const user = branch.type.isAccount;
    const there = sent.dn === undefined ? undefined : await finder.byDn(session, branch, sent.dn);
    if (there && !holds(there, draft.entry)) throw notUnique(branch.type.naturalKey, draft.name);
    if (!there) {
      await refuseTaken(parts, session, branch, draft.name);
      sent.dn = draft.dn;
      await add(session, draft.dn, {
        ...draft.entry,
        ...(user ? accountValues(parts, draft) : memberValues(parts, draft)),
      });
    }
    let dn = draft.dn;
    try {
      // The DN is the lock where it holds the name; elsewhere two entries may have been added at once.
      if (keyOf(branch.rdn.attribute) !== branch.natural.key) await settleRace(parts, session, branch, draft.name, dn);
      dn = await finish(parts, session, branch, draft);
    } catch (error) {
      const unknown = error instanceof LdapFailure && error.code === undefined;
      if (!unknown && !there) await takeBack(session, draft.dn);
      throw error;
    }
    const entry = await finder.byDn(session, branch, dn);
    if (!entry)
      throw new ScimError(
        'unavailable',
        `the directory does not show the new ${branch.type.name}; check ${branch.section}.filter`,
      );
    parts.references.remember(branch, entry);
    if (!user) parts.graph.forget();
    const [resource] = await assembler.resources(call.signal, session, branch, [entry]);
    return resource as Resource;
  });
}

/** @throws uniqueness, invalidValue, forbidden, unavailable */
export function createEntry(
  parts: WriteContext,
  call: Call,
  branch: Branch,
  attributes: Attributes,
): Promise<Resource> {
  const name = naturalName(branch.type, attributes);
  const sent: { dn?: string } = {};
  return parts.mutex.run(`${branch.type.name}:${fold(name)}`, async () => {
    try {
      return await make(parts, call, branch, attributes, sent);
    } catch (error) {
      // The add left and no answer came. Under this name's turn nobody else of us made the entry: look, then go on.
      if (!mayLookAgain(error)) throw error;
      return make(parts, call, branch, attributes, sent);
    }
  });
}
