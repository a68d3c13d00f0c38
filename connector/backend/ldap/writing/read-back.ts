import { ScimError } from '../../../scim/error.ts';
import type { Costly } from '../../../scim/query.ts';
import type { Entry } from '../directory/session.ts';
import type { Work } from '../layout/work.ts';
import type { Reader } from '../reading/reader.ts';

/** The entry after a write of ours. @throws unavailable when it is none of the branch any more */
export async function readBack(
  { finder, caches }: Reader,
  work: Work,
  dn: string,
  what: 'new' | 'changed',
  without: readonly Costly[] = [],
): Promise<Entry> {
  const { branch } = work;
  const entry = await finder.byDn(work, dn, without);
  if (!entry) {
    const text = `the directory does not show the ${what} ${branch.type.name}; check ${branch.section}.filter`;
    throw new ScimError('unavailable', text);
  }
  caches.references.remember(branch, entry);
  return entry;
}
