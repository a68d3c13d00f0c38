import { normalDn } from '../directory/dn.ts';
import { present } from '../directory/filter.ts';
import type { Directory, Session } from '../directory/session.ts';
import { realMembers } from '../layout/membership.ts';
import type { Tree } from '../layout/tree.ts';

/** Groups and members of the sample. */
const GROUPS = 20;
const MEMBERS = 10;

/** Whether every sampled member of a group names that group in `memberOf`, and no more than the members do. */
async function agrees(session: Session, dn: string, members: readonly string[]): Promise<boolean> {
  for (const member of members) {
    const search = { base: member, scope: 'base', filter: present('objectClass'), attributes: ['memberOf'] } as const;
    const [entry] = await session.search(search).catch(() => []);
    const groups = (entry?.attributes.get('memberof') ?? []).map((group) => normalDn(group.toString()));
    if (entry && !groups.includes(normalDn(dn))) return false;
  }
  return true;
}

/**
 * Tries `memberOf` on a sample. OpenLDAP's overlay does not fill it in for older data, 389's plugin can be left
 * incomplete (docs/directories.md, memberOf): then groups are asked instead. A directory without groups proves nothing.
 */
export async function sampleAgrees(directory: Directory, signal: AbortSignal, tree: Tree): Promise<boolean> {
  const { groups, membership } = tree;
  if (!groups || membership.by === 'name') return false;
  const sample = await directory.cursor(signal, async (session) => {
    const search = {
      base: groups.base,
      scope: 'sub',
      filter: groups.objects,
      attributes: [membership.attribute],
    } as const;
    for await (const page of session.pages(search, GROUPS)) return page;
    return [];
  });
  const filled = sample.flatMap(({ dn, attributes }) => {
    const members = realMembers(membership, (attributes.get(membership.key) ?? []).map(String));
    return members.length === 0 ? [] : [{ dn, members: members.slice(0, MEMBERS) }];
  });
  if (filled.length === 0) return false;
  return directory.read(signal, async (session) => {
    const answers = await Promise.all(filled.map(({ dn, members }) => agrees(session, dn, members)));
    return answers.every(Boolean);
  });
}
