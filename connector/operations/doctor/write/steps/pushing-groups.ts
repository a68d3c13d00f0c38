import type { Known, Reference } from '../../../../simulator/payload.ts';
import { ok } from '../../step.ts';
import type { Made, Writing } from '../writing.ts';
import { type WritingStep, without } from '../writing-step.ts';

const referenceTo = ({ id, person }: Made): Reference => ({ value: id, display: person.userName });

async function membersOf({ patient }: Writing, id: string): Promise<readonly string[]> {
  const group: Known | undefined = await patient.agent.getGroupById(id);
  const members = group?.['members'];
  return Array.isArray(members) ? (members as readonly Reference[]).map(({ value }) => value).toSorted() : [];
}

async function requireMembers(writing: Writing, id: string, wanted: readonly Made[], after: string): Promise<void> {
  const there = (await membersOf(writing, id)).join(', ');
  const due = wanted
    .map((one) => one.id)
    .toSorted()
    .join(', ');
  if (there !== due) throw new Error(`after ${after} the members are [${there}]; due are [${due}]`);
}

export const createGroup: WritingStep = {
  name: 'createGroup',
  title: 'Push Groups: new group',
  needs: 'GROUP_PUSH',
  run: async (writing) => {
    const displayName = writing.displayName('g');
    const { id } = await writing.createGroup(displayName);
    const found = await writing.patient.agent.getGroupById(id);
    if (found?.['displayName'] === displayName) return ok(`${displayName} is ${id}, without members`);
    throw new Error(`a fresh reading of ${displayName} has the name ${JSON.stringify(found?.['displayName'])}`);
  },
};

/** As Okta does: read the group, change the list, PUT it (docs/okta-agent.md, Groups). */
export const pushMembership: WritingStep = {
  name: 'updateGroup',
  title: 'Push Groups: members',
  needs: 'GROUP_PUSH',
  run: async (writing) => {
    const { group, user, second = user } = writing.made;
    if (group === undefined || user === undefined || second === undefined)
      return without('group with a user to put in');
    const { agent } = writing.patient;
    const both = user === second ? [user] : [user, second];
    await agent.pushMembership(group.id, (members) => [...members, ...both.map(referenceTo)]);
    await requireMembers(writing, group.id, both, 'members were added');
    await agent.pushMembership(group.id, (members) => members.filter(({ value }) => value !== user.id));
    await requireMembers(writing, group.id, both.slice(1), 'a member was removed');
    return ok(`${both.length} added, one removed, each seen by a fresh reading`);
  },
};

export const renameGroup: WritingStep = {
  name: 'updateGroup',
  title: 'Push Groups: renamed',
  needs: 'GROUP_PUSH',
  run: async (writing) => {
    const { group, second } = writing.made;
    if (group === undefined) return without('group to rename');
    const { agent } = writing.patient;
    const displayName = writing.displayName('h');
    const members = await membersOf(writing, group.id);
    await writing.renameGroup(displayName, (id) =>
      agent.updateGroup(id, { displayName, members: members.map((value) => ({ value, display: displayName })) }),
    );
    const found = await agent.getGroupById(group.id);
    if (found?.['displayName'] !== displayName)
      throw new Error(`renamed to ${displayName}, and a fresh reading has ${JSON.stringify(found?.['displayName'])}`);
    if (second !== undefined) await requireMembers(writing, group.id, [second], 'the group was renamed');
    return ok('it has the new name, the old id and its members');
  },
};

export const emptyGroup: WritingStep = {
  name: 'updateGroup',
  title: 'Push Groups: emptied',
  needs: 'GROUP_PUSH',
  run: async (writing) => {
    const { group } = writing.made;
    if (group === undefined) return without('group to empty');
    const { agent } = writing.patient;
    await agent.updateGroup(group.id, { displayName: group.displayName, members: [] });
    await requireMembers(writing, group.id, [], 'it was emptied');
    return ok('without members, and still there');
  },
};

export const deleteGroup: WritingStep = {
  name: 'deleteGroup',
  title: 'Push Groups: deleted',
  needs: 'GROUP_PUSH',
  run: async (writing) => {
    const { group } = writing.made;
    if (group === undefined) return without('group to delete');
    const { agent } = writing.patient;
    await agent.deleteGroup(group.id);
    if ((await agent.getGroupById(group.id)) === undefined) return ok('gone, and answered 404');
    throw new Error('the deletion was answered with success, and a fresh reading still has the group');
  },
};
