import type { Change } from '../../../scim/change.ts';
import type { Call } from '../../backend.ts';
import type { Branch } from '../layout/branch.ts';
import { canonical } from './canonical-changes.ts';
import { isOfMembers } from './member-plan.ts';
import { changesNothing, planChange } from './plan-change.ts';
import type { Writer } from './writer.ts';

/**
 * Whether the entry would differ from what it is. A directory keeps no labels of its own and always a cn, so what it
 * shows differs from what it was given, and a client that repeats itself must not be told of a conflict.
 */
export async function wouldChange(
  writer: Writer,
  { signal }: Call,
  branch: Branch,
  id: string,
  raw: readonly Change[],
): Promise<boolean> {
  const changes = canonical(branch, raw);
  if (changes.some(isOfMembers)) return true;
  return writer.directory.read(signal, async (session) => {
    const work = { signal, session, branch };
    const without = ['groups', 'members', 'entitlements'] as const;
    const entry = await writer.finder.byId(work, id, without);
    const { attributes } = await writer.assembler.resource(work, entry, { without });
    return !changesNothing(await planChange(writer, work, entry, attributes, changes));
  });
}
