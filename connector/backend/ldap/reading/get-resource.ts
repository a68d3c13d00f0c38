import type { Read } from '../../../scim/query.ts';
import type { Resource } from '../../../scim/resource.ts';
import type { Call } from '../../backend.ts';
import type { Branch } from '../layout/branch.ts';
import { groupToChange, showGroup } from './group-to-change.ts';
import type { Reader } from './reader.ts';

/** @throws notFound */
export function getResource(
  reader: Reader,
  { signal }: Call,
  branch: Branch,
  id: string,
  read: Read = {},
): Promise<Resource> {
  const { hasMembers } = branch.type;
  const mayBeKnown = read.freshness === 'remembered' && hasMembers && !read.without?.includes('members');
  return reader.directory.read(signal, async (session) => {
    const work = { signal, session, branch };
    if (mayBeKnown) {
      const { entry, members } = await groupToChange(reader, work, id, true);
      return showGroup(reader, work, entry, members);
    }
    return reader.assembler.resource(work, await reader.finder.byId(work, id, read.without), read);
  });
}
