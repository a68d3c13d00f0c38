import { notUnique } from '../../../scim/error.ts';
import { naturalName } from '../../../scim/names.ts';
import type { Attributes, Resource } from '../../../scim/resource.ts';
import type { Call } from '../../backend.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import type { Entry } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import { outOfScope } from '../layout/scope.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import { type Draft, draftOf, type NewEntry } from './draft.ts';
import { accountValues, addEntry, finishAccount } from './new-account.ts';
import { addOtherMembers, memberValues } from './new-members.ts';
import { resolveRace, takeBack } from './resolve-race.ts';
import { settingPassword } from './setting-password.ts';
import { refuseTaken } from './uniqueness.ts';
import { exclusive, nameLock, type Writer } from './writer.ts';

/** Whether an entry is the one we tried to add: everything we sent and may read is in it. */
const holds = ({ attributes }: Entry, entry: NewEntry): boolean =>
  Object.entries(entry).every(([name, values]) => {
    const there = attributes.get(keyOf(name))?.map(String);
    return there === undefined || values.every((value) => there.includes(String(value)));
  });

/**
 * Whether the first attempt has made the entry, though no answer came.
 * @throws uniqueness when somebody else has made another
 */
async function isMade({ finder }: Writer, work: Work, { dn, name, entry }: Draft): Promise<boolean> {
  const there = await finder.byDn(work, dn);
  if (there && !holds(there, entry)) throw notUnique(work.branch.type.naturalKey, name);
  return there !== undefined;
}

async function add(tree: Tree, work: Work, draft: Draft): Promise<void> {
  const { isAccount, hasMembers } = work.branch.type;
  await refuseTaken(tree, work, draft.name);
  const entry = {
    ...draft.entry,
    ...(isAccount ? accountValues(tree, draft) : {}),
    ...(hasMembers ? memberValues(tree.membership, draft) : {}),
  };
  await settingPassword(work.session, tree, () => addEntry(work.session, draft.dn, entry));
}

/** Makes the new entry what was asked for. @returns its DN then */
async function finish(tree: Tree, work: Work, draft: Draft): Promise<string> {
  const { branch, session } = work;
  // The DN is the lock where it holds the name; elsewhere two entries may have been added at once.
  if (keyOf(branch.rdn.attribute) !== branch.natural.key) await resolveRace(tree, work, draft.name, draft.dn);
  if (branch.type.hasMembers) await addOtherMembers(session, tree.membership, draft);
  return branch.type.isAccount ? finishAccount(tree, work, draft) : draft.dn;
}

/** Adds the entry and finishes it, or leaves nothing behind. */
async function execute(writer: Writer, work: Work, draft: Draft, again: boolean): Promise<string> {
  const made = again && (await isMade(writer, work, draft));
  if (!made) await add(writer.tree, work, draft);
  try {
    return await finish(writer.tree, work, draft);
  } catch (error) {
    const unknown = error instanceof LdapFailure && error.code === undefined;
    if (!unknown && !made) await takeBack(work.session, draft.dn);
    throw error;
  }
}

/**
 * The new entry; one that is not to be seen is taken back, because nobody would find it again.
 * @throws invalidValue naming the filter that it does not pass
 */
async function readNew({ finder, caches }: Writer, work: Work, dn: string): Promise<Entry> {
  const { branch, session } = work;
  const entry = await finder.byDn(work, dn);
  if (!entry) {
    await takeBack(session, dn);
    throw outOfScope(branch, 'new');
  }
  caches.references.remember(branch, entry);
  return entry;
}

async function create(writer: Writer, work: Work, attributes: Attributes, again: boolean): Promise<Resource> {
  const draft = await draftOf(writer, work, attributes);
  const dn = await execute(writer, work, draft, again).finally(() => writer.caches.created(work.branch));
  return writer.assembler.resource(work, await readNew(writer, work, dn));
}

/** @throws uniqueness, invalidValue, forbidden, unavailable */
export function createEntry(
  writer: Writer,
  { signal }: Call,
  branch: Branch,
  attributes: Attributes,
): Promise<Resource> {
  const lock = nameLock(branch.type, naturalName(branch.type, attributes));
  return exclusive(writer, [lock], (again) =>
    // Under this name's lock nobody else of us makes the entry that the first attempt may have made.
    writer.directory.write(signal, (session) => create(writer, { signal, session, branch }, attributes, again)),
  );
}
