import type { Change } from '../../../scim/change.ts';
import type { Read } from '../../../scim/query.ts';
import type { Attributes, Changed, Resource, Value } from '../../../scim/resource.ts';
import type { Call } from '../../backend.ts';
import type { Branch } from '../layout/branch.ts';
import { getResource } from '../reading/get-resource.ts';
import { createEntry } from '../writing/create-entry.ts';
import { modifyEntry, type Order } from '../writing/modify-entry.ts';
import { wouldChange } from '../writing/would-change.ts';
import type { Writer } from '../writing/writer.ts';
import { give } from './give.ts';
import type { GroupKinds } from './group-kinds.ts';

/** What somebody new shall have, as changes. */
const givenIn = (kinds: GroupKinds, attributes: Attributes): readonly Change[] =>
  Object.entries(kinds.withGiven({}, attributes)).map(([attribute, value]) => ({
    op: 'set',
    path: { attribute },
    value: value as Value,
  }));

/** Makes the entry, then puts it into the groups that stand for what it is given. */
export async function createGiven(
  kinds: GroupKinds,
  writer: Writer,
  call: Call,
  branch: Branch,
  attributes: Attributes,
  read?: Read,
): Promise<Resource> {
  const made = await createEntry(writer, call, branch, kinds.withoutGiven(attributes), read);
  const changes = givenIn(kinds, attributes);
  if (!(await give(kinds, writer, call, branch, { id: made.id, changes, isStamped: true }))) return made;
  return getResource(writer, call, branch, made.id, read);
}

/** The entry first, which may have another version by now; then the groups. */
export async function modifyGiven(
  kinds: GroupKinds,
  writer: Writer,
  call: Call,
  branch: Branch,
  order: Order,
): Promise<Changed> {
  const { id, changes, read } = order;
  const own = kinds.own(changes);
  const changed: Changed = await modifyEntry(writer, call, branch, { ...order, changes: own });
  const isStamped = own.length > 0 && changed.unchanged !== true;
  if (await give(kinds, writer, call, branch, { id, changes, isStamped }))
    return getResource(writer, call, branch, id, read);
  return isStamped || changes.length === 0 ? changed : { ...changed, unchanged: true };
}

export async function givenWouldChange(
  kinds: GroupKinds,
  writer: Writer,
  call: Call,
  branch: Branch,
  id: string,
  changes: readonly Change[],
): Promise<boolean> {
  // They were worked out from what groups list, so that they say something new.
  if (changes.some((change) => kinds.concerns(change))) return true;
  return wouldChange(writer, call, branch, id, changes);
}
