import type { Resource } from '../../../scim/resource.ts';
import type { Entry } from '../directory/session.ts';
import type { Work } from '../layout/work.ts';
import type { Known, Members } from '../references/known-members.ts';
import { metaOf, versionOf } from './entry-meta.ts';
import { memberElement, membersOf, readMembers } from './group-members.ts';
import type { Reader } from './reader.ts';

/** A group as a change finds it. */
export interface GroupToChange {
  /** Without its members when these come from what is known. */
  readonly entry: Entry;
  readonly members: Members;
  /** What is known of it from now on, or was already. */
  readonly known?: Known;
  /** The members were read with the entry. */
  readonly isWhole: boolean;
}

/** @param trusting  take the members from what is known, where the group's version says that nothing has changed */
export async function groupToChange(reader: Reader, work: Work, id: string, trusting: boolean): Promise<GroupToChange> {
  const { tree, finder, caches } = reader;
  const { profile } = tree;
  const usable = trusting && tree.readEntry && profile.version !== undefined;
  const known = usable ? caches.members.get(id) : undefined;
  if (known) {
    const entry = await finder.byId(work, id, ['members']);
    if (versionOf(profile, entry) === known.version) return { entry, members: known.members, known, isWhole: false };
    caches.members.drop(id);
  }
  const entry = await finder.byId(work, id);
  const members = await readMembersOf(reader, work, entry);
  const complete = members.references.length === (entry.attributes.get(tree.membership.key)?.length ?? 0);
  const kept = usable && complete ? caches.members.read(id, versionOf(profile, entry), members) : undefined;
  return { entry, members, isWhole: true, ...(kept ? { known: kept } : {}) };
}

async function readMembersOf({ references, tree }: Reader, work: Work, entry: Entry): Promise<Members> {
  const { membership } = tree;
  const found = membersOf(membership, entry, await readMembers(references, membership, work, [entry]));
  return { references: found, elements: found.map(memberElement) };
}

/** A group whose members are known without reading them again. */
export async function showGroup(
  { assembler, tree }: Reader,
  work: Work,
  entry: Entry,
  { elements }: Members,
): Promise<Resource> {
  const { attributes, ...resource } = await assembler.resource(work, entry, { without: ['members'] });
  const members = elements.length === 0 ? {} : { members: elements };
  return { ...resource, meta: metaOf(tree.profile, entry, true), attributes: { ...attributes, ...members } };
}
