import type { Complex } from '../../../scim/resource.ts';
import type { Reader } from './statement.ts';

/** What follows for resources from others. */
export interface Neighbours {
  /** `groups` of users, by their `seq`: the direct ones first, then those that these are in. */
  readonly groups: ReadonlyMap<number, readonly Complex[]>;
  /** `displayName` of managers, by their id in lower case. */
  readonly managers: ReadonlyMap<string, string>;
}

/**
 * The groups of the resource whose `seq` is `member`. OFFSET 0: by the index for one after another, whatever the planner
 * expects; it cannot know how many groups somebody is in, and would read all memberships rather than those.
 */
export const groupsAbove = (member: string): string =>
  `LATERAL (SELECT group_seq FROM scim.membership WHERE member_seq = ${member} OFFSET 0) AS s`;

/** UNION, not UNION ALL: a group reached twice is not followed twice, so cycles end. */
const NEIGHBOURS = `
WITH RECURSIVE above (member, seq) AS (
  SELECT p.seq, s.group_seq FROM unnest($1::bigint[]) AS p (seq) CROSS JOIN ${groupsAbove('p.seq')}
  UNION
  SELECT above.member, s.group_seq FROM above CROSS JOIN ${groupsAbove('above.seq')}
)
SELECT above.member, NULL, json_agg(
  json_build_object('value', g.id, 'display', g.display, 'type', CASE WHEN g.direct THEN 'direct' ELSE 'indirect' END)
  ORDER BY g.direct DESC, above.seq)::text
FROM above CROSS JOIN LATERAL (
  SELECT id, display, EXISTS (SELECT 1 FROM scim.membership WHERE group_seq = above.seq AND member_seq = above.member) AS direct
  FROM scim.resource WHERE seq = above.seq OFFSET 0
) AS g GROUP BY above.member
UNION ALL
SELECT NULL, lower(m.id), m.name FROM unnest($2::text[]) AS p (id) CROSS JOIN LATERAL (
  SELECT id, doc ->> 'displayName' AS name FROM scim.resource WHERE lower(id) = p.id COLLATE "C" AND type = 'User' OFFSET 0
) AS m`;

type Line =
  | readonly [member: number, manager: null, groups: string]
  | readonly [member: null, manager: string, name: string | null];

/**
 * One statement for all of them, none where nothing is asked.
 * @param members  `seq`s of users who are in groups
 * @param managers  ids in lower case
 */
export async function neighboursOf(
  reader: Reader,
  members: readonly number[],
  managers: readonly string[],
): Promise<Neighbours> {
  const groups = new Map<number, readonly Complex[]>();
  const names = new Map<string, string>();
  if (members.length + managers.length === 0) return { groups, managers: names };
  for (const [member, manager, text] of await reader.rows<Line>(NEIGHBOURS, members, managers)) {
    if (member !== null) groups.set(member, JSON.parse(text));
    else if (text !== null && text !== '') names.set(manager, text);
  }
  return { groups, managers: names };
}
