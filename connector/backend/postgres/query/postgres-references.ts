import type { Attribute } from '../../../scim/schema/attribute.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { References } from '../../sql/references.ts';
import type { Elements, Source } from '../../sql/source.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { groupsAbove } from '../row/neighbours.ts';
import { hasId, idIn } from './id-in.ts';
import { inOrder, under } from './json.ts';

/** The members of the group whose `seq` is `group`. OFFSET 0: as in `groupsAbove`. */
const membersBelow = (group: string): string =>
  `LATERAL (SELECT member_seq FROM scim.membership WHERE group_seq = ${group} OFFSET 0) AS s`;
const resourceOf = (seq: string): string => `LATERAL (SELECT * FROM scim.resource WHERE seq = ${seq} OFFSET 0) AS m`;

/** Every group that the row `r` is in, directly or by way of another. UNION ends cycles. */
const ABOVE = `WITH RECURSIVE above (seq) AS (
    SELECT group_seq FROM scim.membership WHERE member_seq = r.seq
    UNION
    SELECT s.group_seq FROM above CROSS JOIN ${groupsAbove('above.seq')}
  )`;

/** Of the member or group `m`, in comparable form. */
function partOf(kind: string, display: string, { name, caseExact }: Attribute): Sql {
  if (name === 'value') return idIn('m', caseExact);
  if (name === 'display') return raw(display);
  return raw(name === 'type' ? kind : 'NULL::text');
}

const memberPart = (attribute: Attribute): Sql => partOf('lower(m.type)', 'm.display_key', attribute);
/** A group is shown by its displayName, which is also its key. */
const groupPart = (kind: string, attribute: Attribute): Sql => partOf(kind, 'm.key', attribute);

const managerId = inOrder(sql`${under(raw('r.folded'), ENTERPRISE_SCHEMA, 'manager')} ->> 'managerId'`);
const managerName: Source = {
  value: sql`(SELECT ${inOrder(raw(`m.folded ->> 'displayName'`))} FROM scim.resource AS m
    WHERE lower(m.id) = ${managerId} AND m.type = 'User')`,
};

const memberElements: Elements = {
  from: raw(
    `(SELECT member_seq FROM scim.membership WHERE group_seq = r.seq OFFSET 0) AS s CROSS JOIN ${resourceOf('s.member_seq')}`,
  ),
  part: memberPart,
  leadsTo: ({ caseExact }, id) =>
    sql`s.member_seq = (SELECT n.seq FROM scim.resource AS n WHERE ${hasId('n', caseExact, id)})`,
};

const groupElements: Elements = {
  from: raw(`(${ABOVE} SELECT seq FROM above) AS a CROSS JOIN ${resourceOf('a.seq')}`),
  part: (attribute) =>
    groupPart(
      `CASE WHEN EXISTS (SELECT 1 FROM scim.membership WHERE group_seq = a.seq AND member_seq = r.seq)
        THEN 'direct' ELSE 'indirect' END COLLATE "C"`,
      attribute,
    ),
};

const membersSource = (attribute: Attribute): Source => ({
  from: memberElements.from,
  value: memberPart(attribute),
  order: 's.member_seq',
});

/** The first of `User.groups`, for sorting, is a direct one: nobody has an indirect group without. */
export const groupsSource = (attribute: Attribute): Source => ({
  from: raw(
    `(SELECT group_seq FROM scim.membership WHERE member_seq = r.seq OFFSET 0) AS s CROSS JOIN ${resourceOf('s.group_seq')}`,
  ),
  value: groupPart(`'direct'::text COLLATE "C"`, attribute),
  order: 's.group_seq',
});

/** ARRAY: found once, and then by the index of `seq`, in any company of `or`. */
const groupsWith = (member: Sql): Sql =>
  sql`r.seq = ANY (ARRAY(SELECT s.group_seq FROM scim.resource AS m CROSS JOIN ${raw(groupsAbove('m.seq'))} WHERE ${member}))`;

const within = (test: Sql): Sql => sql`r.seq = ANY (ARRAY(
  WITH RECURSIVE below (seq) AS (
    SELECT m.seq FROM scim.resource AS m WHERE m.type = 'Group' AND ${test}
    UNION
    SELECT s.member_seq FROM below CROSS JOIN ${raw(membersBelow('below.seq'))}
  ) SELECT seq FROM below))`;

const hasIndirectGroups = raw(`EXISTS (${ABOVE} SELECT 1 FROM above
  WHERE NOT EXISTS (SELECT 1 FROM scim.membership WHERE group_seq = above.seq AND member_seq = r.seq))`);

export const references: References = {
  managerName,
  membersSource,
  memberElements,
  groupElements,
  hasMembers: raw('EXISTS (SELECT 1 FROM scim.membership WHERE group_seq = r.seq)'),
  hasGroups: raw('EXISTS (SELECT 1 FROM scim.membership WHERE member_seq = r.seq)'),
  hasIndirectGroups,
  groupsWith,
  within,
};
