import type { Change } from '../../../scim/change.ts';
import type { Call } from '../../backend.ts';
import type { Branch } from '../layout/tree.ts';
import { canonical } from './canonical-changes.ts';
import { isOfMembers, planOf } from './modification-plan.ts';
import type { WriteContext } from './write-context.ts';

/**
 * Whether the entry would differ from what it is. A directory keeps no labels of its own and always a cn, so what it
 * shows differs from what it was given, and a client that repeats itself must not be told of a conflict.
 */
export function wouldChange(
  parts: WriteContext,
  call: Call,
  branch: Branch,
  id: string,
  raw: readonly Change[],
): Promise<boolean> {
  const { directory, finder, assembler } = parts;
  const changes = canonical(branch, raw);
  if (changes.some(isOfMembers)) return Promise.resolve(true);
  return directory.read(call.signal, async (session) => {
    const entry = await finder.byId(session, branch, id);
    const [before] = await assembler.resources(call.signal, session, branch, [entry], {
      without: ['groups', 'members'],
    });
    if (!before) return true;
    const plan = await planOf(parts, session, branch, entry, before.attributes, changes);
    return plan.modifications.length > 0 || plan.rdn !== undefined || plan.active !== undefined;
  });
}
