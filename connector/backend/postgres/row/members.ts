import type { Complex } from '../../../scim/resource.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { ask, type Reader } from './statement.ts';

/** Members of one group, the next of them, with what the group is then. */
export interface Stride {
  /** Absent: there were more than were wanted. */
  readonly members?: readonly Complex[];
  /** The last of them; others may follow. */
  readonly last?: number;
  readonly version: number;
}

export interface Asked {
  readonly group: number;
  /** The last member that is known. */
  readonly after: number;
}

/** How members are shown. @param most  none at all of a group that has more */
export interface Showing {
  readonly bare?: boolean | undefined;
  readonly most?: number | undefined;
}

const ofGroup = raw('SELECT group_seq, member_seq FROM scim.membership WHERE group_seq = g.seq');

/**
 * The next of a group. Behind the first of a large one both columns of the index are compared as one: in its order, whatever
 * the planner expects of a group, which may be to sort a few.
 */
function next(isFirst: boolean, limit: number | undefined): Sql {
  if (limit === undefined) return sql`${ofGroup} AND member_seq > p.after`;
  if (isFirst) return sql`${ofGroup} ORDER BY member_seq LIMIT ${limit}::bigint`;
  return sql`SELECT group_seq, member_seq FROM scim.membership
    WHERE (group_seq, member_seq) > (g.seq, p.after) ORDER BY group_seq, member_seq LIMIT ${limit}::bigint`;
}

const shownAs = (bare: boolean): Sql =>
  raw(bare ? `'value', m.id` : `'value', m.id, 'display', m.display, 'type', m.type`);

type Line = readonly [
  group: number,
  version: number,
  last: number | null,
  count: number,
  members: string | null,
  more: boolean,
];

/**
 * The next members of several groups, no more than `limit` of each, in one statement. A group that is gone has none.
 * @param limit  absent: all of them
 */
export async function nextMembers(
  reader: Reader,
  asked: readonly Asked[],
  { bare = false, most }: Showing,
  limit?: number,
): Promise<ReadonlyMap<number, Stride>> {
  const isMore =
    most === undefined
      ? raw('FALSE')
      : sql`(SELECT count(*) > ${most}::bigint FROM (${ofGroup} LIMIT ${most + 1}::bigint) AS n)`;
  const isFirst = asked.every(({ after }) => after === 0);
  const list = (of: (one: Asked) => number): string => `{${asked.map(of).join(',')}}`;
  const lines = await ask<Line>(
    reader,
    sql`SELECT g.seq, g.version, s.last, s.count, s.members::text, g.more
    FROM unnest(${list(({ group }) => group)}::bigint[], ${list(({ after }) => after)}::bigint[]) AS p (seq, after)
    CROSS JOIN LATERAL (
      SELECT g.seq, g.version, ${isMore} AS more FROM scim.resource AS g WHERE g.seq = p.seq OFFSET 0
    ) AS g
    LEFT JOIN LATERAL (
      SELECT max(n.member_seq) AS last, count(*) AS count, json_agg(json_build_object(${shownAs(bare)}) ORDER BY n.member_seq) AS members
      FROM (${next(isFirst, limit)}) AS n
      CROSS JOIN LATERAL (SELECT id, display, type FROM scim.resource WHERE seq = n.member_seq OFFSET 0) AS m
      WHERE n.group_seq = g.seq
    ) AS s ON NOT g.more`,
  );
  return new Map(
    lines.map(([group, version, last, count, members, more]) => [
      group,
      {
        version,
        ...(more ? {} : { members: members === null ? [] : JSON.parse(members) }),
        ...(limit !== undefined && last !== null && count >= limit ? { last } : {}),
      },
    ]),
  );
}
