import type { CensusOptions, Dangling } from '../../module/census.ts';
import { normalDn } from '../directory/dn.ts';
import type { Directory, Entry } from '../directory/session.ts';
import { type Branch, nameIn } from '../layout/branch.ts';
import { readAll } from '../layout/branch-search.ts';
import { type Membership, realMembers } from '../layout/membership.ts';
import type { Tree } from '../layout/tree.ts';
import { memberKey, nameKey } from '../references/reference.ts';

/** Groups whose members lie in memory at a time: one may have tens of thousands. */
const GROUPS = 20;
/** Members that may be groups which come later. */
const MOST_OPEN = 10_000;

/** How groups call an entry. */
export const memberKeyOf = ({ by }: Membership, branch: Branch, entry: Entry): string =>
  by === 'dn' ? normalDn(entry.dn) : nameKey(nameIn(branch, entry));

interface Member {
  readonly group: string;
  readonly member: string;
  readonly key: string;
}

/** Members of groups that are neither users nor groups which are shown. @param shown  users, as groups call them */
export async function danglingMembers(
  directory: Directory,
  { groups, membership }: Tree,
  shown: ReadonlySet<string>,
  { signal, examples }: CensusOptions,
): Promise<Dangling> {
  if (!groups) return { count: 0, examples: [] };
  const selection = { attributes: [membership.attribute, groups.natural.ldap], pageSize: GROUPS };
  let own = new Set<string>();
  let open: Member[] = [];
  let beyond = 0;
  await readAll(directory, signal, groups, selection, () => {
    own = new Set();
    open = [];
    beyond = 0;
    return (entries) => {
      for (const entry of entries) {
        own.add(normalDn(entry.dn));
        const values = (entry.attributes.get(membership.key) ?? []).map(String);
        for (const member of membership.by === 'dn' ? realMembers(membership, values) : values) {
          const key = memberKey(membership, member);
          if (shown.has(key)) continue;
          if (open.length < MOST_OPEN) open.push({ group: entry.dn, member, key });
          else beyond += own.has(key) ? 0 : 1;
        }
      }
    };
  });
  const left = open.filter(({ key }) => !own.has(key));
  return {
    count: left.length + beyond,
    examples: left.slice(0, examples).map(({ group, member }) => ({ group, member })),
  };
}
