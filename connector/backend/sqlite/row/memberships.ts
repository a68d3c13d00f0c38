import type { Complex } from '../../../scim/resource.ts';
import type { Connection } from '../connection/connection.ts';

const MEMBERS = `
SELECT m.id, m.display, m.type
FROM membership AS s CROSS JOIN resource AS m ON m.seq = s.member_seq
WHERE s.group_seq = ? ORDER BY s.member_seq`;

const HAS_GROUPS = 'SELECT 1 FROM membership WHERE member_seq = ? LIMIT 1';

/** UNION, not UNION ALL: a group reached twice is not followed twice, so cycles end. */
const GROUPS = `
WITH RECURSIVE above (seq) AS (
  SELECT group_seq FROM membership WHERE member_seq = ?
  UNION
  SELECT s.group_seq FROM above JOIN membership AS s ON s.member_seq = above.seq
)
SELECT g.id, g.display, EXISTS (SELECT 1 FROM membership WHERE group_seq = g.seq AND member_seq = ?) AS direct
FROM above JOIN resource AS g ON g.seq = above.seq
ORDER BY direct DESC, g.seq`;

/** `members` of a group, in the order in which they were created. */
export function membersOf(connection: Connection, seq: number): Complex[] {
  return connection
    .rows<readonly [string, string, string]>(MEMBERS, seq)
    .map(([value, display, type]) => ({ value, display, type }));
}

/** `groups` of a user: the direct ones first, then those that these are in. */
export function groupsOf(connection: Connection, seq: number): Complex[] {
  // Most lists are of people without groups, and starting a recursion costs ten times this.
  if (connection.row(HAS_GROUPS, seq) === undefined) return [];
  return connection
    .rows<readonly [string, string, number]>(GROUPS, seq, seq)
    .map(([value, display, direct]) => ({ value, display, type: direct ? 'direct' : 'indirect' }));
}
