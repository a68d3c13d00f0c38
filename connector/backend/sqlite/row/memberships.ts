import type { Complex } from '../../../scim/resource.ts';
import type { Connection } from '../connection/connection.ts';

/** Members that are read in one statement: a millisecond or two. */
const STRIDE = 2000;

const members = (columns: string): string => `
SELECT s.member_seq, ${columns} FROM membership AS s CROSS JOIN resource AS m ON m.seq = s.member_seq
WHERE s.group_seq = ? AND s.member_seq > ? ORDER BY s.member_seq LIMIT ${STRIDE}`;

const MEMBERS = members('m.id, m.display, m.type');
const MEMBER_IDS = members('m.id');

/** UNION, not UNION ALL: a group reached twice is not followed twice, so cycles end. */
const GROUPS = `
WITH RECURSIVE above (member, seq) AS (
  SELECT s.member_seq, s.group_seq FROM json_each(?) AS p CROSS JOIN membership AS s ON s.member_seq = p.value
  UNION
  SELECT above.member, s.group_seq FROM above CROSS JOIN membership AS s ON s.member_seq = above.seq
)
SELECT above.member, g.id, g.display,
  EXISTS (SELECT 1 FROM membership WHERE group_seq = g.seq AND member_seq = above.member) AS direct
FROM above CROSS JOIN resource AS g ON g.seq = above.seq
ORDER BY above.member, direct DESC, g.seq`;

const UP_TO = 'SELECT count(*) FROM (SELECT 1 FROM membership WHERE group_seq = ? LIMIT ?)';

/** Whether a group has more members than `most`; looks at no more than that. */
export const hasMore = (connection: Connection, seq: number, most: number): boolean =>
  (connection.row<readonly [number]>(UP_TO, seq, most + 1)?.[0] ?? 0) > most;

type Member = readonly [seq: number, id: string, display?: string, type?: string];

/**
 * `members` of a group, in the order in which they were created, stride by stride.
 * @param bare  their ids alone
 */
export function* membersOf(connection: Connection, seq: number, bare = false): Generator<Complex[], void> {
  for (let last = 0; ; ) {
    const rows = connection.rows<Member>(bare ? MEMBER_IDS : MEMBERS, seq, last);
    yield rows.map(([, value, display = '', type = '']) => (bare ? { value } : { value, display, type }));
    last = rows.at(-1)?.[0] ?? last;
    if (rows.length < STRIDE) return;
  }
}

/** `groups` of each of several users: the direct ones first, then those that these are in. By the user's `seq`. */
export function groupsOf(connection: Connection, seqs: readonly number[]): ReadonlyMap<number, readonly Complex[]> {
  const groups = new Map<number, Complex[]>();
  if (seqs.length === 0) return groups;
  const rows = connection.rows<readonly [number, string, string, number]>(GROUPS, JSON.stringify(seqs));
  for (const [member, value, display, direct] of rows) {
    const group = { value, display, type: direct ? 'direct' : 'indirect' };
    const known = groups.get(member);
    if (known) known.push(group);
    else groups.set(member, [group]);
  }
  return groups;
}
