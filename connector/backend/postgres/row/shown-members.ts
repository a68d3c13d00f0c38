import type { Read } from '../../../scim/query.ts';
import type { Complex } from '../../../scim/resource.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import { nextMembers, type Showing } from './members.ts';
import type { Row } from './row.ts';
import type { Reader } from './statement.ts';

/** What of a group's members is shown. */
export interface Shown {
  readonly members: readonly Complex[];
  /** Left out: there are more than were asked for. */
  readonly isPartial?: true;
}

/** `changed`: the group is another by now, or gone. */
export type ShownOrChanged = Shown | 'changed';

/** Groups that are looked at in one statement, and members of each that it brings: some ten thousand at most. */
const GROUPS = 50;
const FEW_MEMBERS = 500;
/** Members of one group. Unit: rows. */
const STRIDE = 4000;

/** The members of all groups among `rows`, by their `seq`: those of large groups stride by stride. */
export async function shownMembers(
  reader: Reader,
  rows: readonly Row[],
  { without = [], bare, mostMembers: most }: Read,
): Promise<ReadonlyMap<number, ShownOrChanged>> {
  const shown = new Map<number, ShownOrChanged>();
  const groups = without.includes('members') ? [] : rows.filter(([, , type]) => TRAITS[type].hasMembers);
  const showing = { bare, most };
  const limit = groups.length === 1 ? STRIDE : FEW_MEMBERS;
  for (let start = 0; start < groups.length; start += GROUPS) {
    const some = groups.slice(start, start + GROUPS);
    const strides = await nextMembers(
      reader,
      some.map(([group]) => ({ group, after: 0 })),
      showing,
      limit,
    );
    for (const [seq, , , , , version] of some) {
      const first = strides.get(seq);
      if (!first || first.version !== version) shown.set(seq, 'changed');
      else if (!first.members) shown.set(seq, { members: [], isPartial: true });
      else
        shown.set(
          seq,
          first.last === undefined
            ? { members: first.members }
            : await rest(reader, seq, version, first.members, first.last, showing),
        );
    }
  }
  return shown;
}

async function rest(
  reader: Reader,
  group: number,
  version: number,
  first: readonly Complex[],
  last: number,
  { bare }: Showing,
): Promise<ShownOrChanged> {
  const strides = [first];
  for (let after: number | undefined = last; after !== undefined; ) {
    const stride = (await nextMembers(reader, [{ group, after }], { bare }, STRIDE)).get(group);
    if (stride?.version !== version || !stride.members) return 'changed';
    strides.push(stride.members);
    after = stride.last;
  }
  return { members: strides.flat() };
}
