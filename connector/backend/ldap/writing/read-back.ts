import { ScimError } from '../../../scim/error.ts';
import type { Costly } from '../../../scim/query.ts';
import { entryAt } from '../directory/entry-at.ts';
import type { Entry } from '../directory/session.ts';
import type { Work } from '../layout/work.ts';
import type { Reader } from '../reading/reader.ts';

/**
 * The entry `id` after a change of ours: at `dn`, where we have left it, or where somebody else has moved it since.
 * @throws notFound when somebody has deleted it since
 * @throws unavailable when it is none of the branch any more
 */
export async function readBack(
  { finder, caches }: Reader,
  work: Work,
  id: string,
  dn: string,
  without: readonly Costly[] = [],
): Promise<Entry> {
  const { branch, session } = work;
  const there = await finder.byDn(work, dn, without);
  if (!there && (await entryAt(session, dn, { attributes: ['1.1'] }))) {
    const text = `the directory does not show the changed ${branch.type.name}; check ${branch.section}.filter`;
    throw new ScimError('unavailable', text, { fault: 'entry-outside-filter' });
  }
  const entry = there ?? (await finder.byId(work, id, without));
  caches.references.remember(branch, entry);
  return entry;
}
