import { notUnique } from '../../../scim/error.ts';
import { naturalName } from '../../../scim/names.ts';
import type { Read } from '../../../scim/query.ts';
import type { Attributes, Resource } from '../../../scim/resource.ts';
import type { Call } from '../../backend.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import type { Entry } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import { outOfScope } from '../layout/scope.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import { type Draft, draftOf, type NewEntry, parentFor } from './draft.ts';
import { type Choosing, type Chosen, chooseAll, giveBack } from './free-values.ts';
import { slotsOf } from './generator-slots.ts';
import { accountValues, addEntry, finishAccount } from './new-account.ts';
import { addOtherMembers, memberValues } from './new-members.ts';
import { refusedChoices } from './refused-choices.ts';
import { resolveRace, takeBack } from './resolve-race.ts';
import { settingPassword } from './setting-password.ts';
import { settleValues } from './settle-values.ts';
import { namesakes, refuseTaken } from './uniqueness.ts';
import { exclusive, lent, nameLock, type Writer } from './writer.ts';

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
async function madeBefore({ finder, tree }: Writer, work: Work, draft: Draft): Promise<Draft | undefined> {
  const { name, entry, chosen } = draft;
  const named = chosen.length === 0 ? undefined : (await namesakes(tree, work, name))[0];
  const there = await finder.byDn(work, named?.dn ?? draft.dn);
  if (!there) return undefined;
  const found = new Set(chosen.map(({ slot }) => slot.key));
  const fixed = Object.fromEntries(Object.entries(entry).filter(([attribute]) => !found.has(keyOf(attribute))));
  if (!holds(there, fixed)) throw notUnique(work.branch.type.naturalKey, name);
  return { ...draft, dn: there.dn, chosen: chosen.flatMap((one) => held(there, one)) };
}

/** What was chosen the first time. */
function held({ attributes }: Entry, { slot, ...chosen }: Chosen): readonly Chosen[] {
  const value = attributes.get(slot.key)?.[0];
  return value === undefined ? [] : [{ ...chosen, slot, value: String(value).slice(slot.prefix.length) }];
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
async function finish(writer: Writer, work: Work, draft: Draft, choosing: Choosing): Promise<string> {
  const { tree } = writer;
  const { branch, session } = work;
  // The DN is the lock where it holds the name; elsewhere two entries may have been added at once.
  if (keyOf(branch.rdn.attribute) !== branch.natural.key) await resolveRace(tree, work, draft.name, draft.dn);
  await settleValues(writer, work, draft, choosing);
  if (branch.type.hasMembers) await addOtherMembers(session, tree.membership, draft);
  return branch.type.isAccount ? finishAccount(tree, work, draft) : draft.dn;
}

/** Adds the entry and finishes it, or leaves nothing behind. */
async function execute(writer: Writer, work: Work, draft: Draft, choosing: Choosing, again: boolean): Promise<string> {
  const made = again ? await madeBefore(writer, work, draft) : undefined;
  if (!made) await add(writer.tree, work, draft);
  try {
    return await finish(writer, work, made ?? draft, choosing);
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

/** How often the directory may refuse what looked free: others are as fast, or hold what we may not see. */
const TRIES = 20;

/** With names and numbers that are free; others when the directory knows better. @returns the DN */
async function addFree(writer: Writer, work: Work, attributes: Attributes, again: boolean): Promise<string> {
  const slots = slotsOf(work.branch, attributes);
  const parent = parentFor(writer.tree, work.branch, attributes['active'] !== false);
  const refused = new Set<string>();
  const choosing = { attributes, parent, refused };
  for (let left = TRIES; ; left -= 1) {
    const chosen = await chooseAll(writer, work, slots, choosing);
    try {
      return await execute(writer, work, await draftOf(writer, work, attributes, chosen), choosing, again);
    } catch (error) {
      const guilty = left > 1 ? refusedChoices(error, chosen) : [];
      if (guilty.length === 0) throw error;
      for (const { key } of guilty) refused.add(key);
    } finally {
      giveBack(writer, chosen);
    }
  }
}

async function create(
  writer: Writer,
  work: Work,
  attributes: Attributes,
  again: boolean,
  read?: Read,
): Promise<Resource> {
  const dn = await addFree(writer, work, attributes, again).finally(() => writer.caches.created(work.branch));
  return writer.assembler.resource(work, await readNew(writer, work, dn), read);
}

/** @throws uniqueness, invalidValue, forbidden, unavailable */
export function createEntry(
  writer: Writer,
  call: Call,
  branch: Branch,
  attributes: Attributes,
  read?: Read,
): Promise<Resource> {
  const lock = nameLock(branch.type, naturalName(branch.type, attributes));
  return exclusive(writer, [lock], (again) =>
    // Under this name's lock nobody else of us makes the entry that the first attempt may have made.
    lent(writer, call, (session) => create(writer, { signal: call.signal, session, branch }, attributes, again, read)),
  );
}
