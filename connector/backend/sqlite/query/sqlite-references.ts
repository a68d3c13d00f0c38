import type { Attribute } from '../../../scim/schema/attribute.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { References } from '../../sql/references.ts';
import type { Elements, Source } from '../../sql/source.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { hasId, idIn } from './id-in.ts';
import { jsonPath } from './json-path.ts';

/** Of the member or group `m`, in comparable form. */
function partOf(kind: string, display: string, { name, caseExact }: Attribute): Sql {
  if (name === 'value') return idIn('m', caseExact);
  if (name === 'display') return raw(display);
  return raw(name === 'type' ? kind : 'NULL');
}

const memberPart = (attribute: Attribute): Sql => partOf('lower(m.type)', 'fold(m.display)', attribute);
/** A group is shown by its displayName, which is also its key. */
const groupPart = (kind: string, attribute: Attribute): Sql => partOf(kind, 'm.key', attribute);

const managerName: Source = {
  value: sql`fold((SELECT json_extract(m.doc, '$.displayName') FROM resource AS m
    WHERE m.id = json_extract(r.doc, ${jsonPath(ENTERPRISE_SCHEMA, 'manager', 'managerId')}) AND m.type = 'User'))`,
};

/** CROSS JOIN: the few memberships of a group first, never all resources. */
const memberElements: Elements = {
  from: raw('(SELECT * FROM membership WHERE group_seq = r.seq) AS s CROSS JOIN resource AS m ON m.seq = s.member_seq'),
  part: memberPart,
  leadsTo: ({ caseExact }, id) =>
    sql`s.member_seq = (SELECT n.seq FROM resource AS n WHERE ${hasId('n', caseExact, id)})`,
};

const groupElements: Elements = {
  from: raw(`(WITH RECURSIVE above (seq) AS (
      SELECT group_seq FROM membership WHERE member_seq = r.seq
      UNION
      SELECT s.group_seq FROM above JOIN membership AS s ON s.member_seq = above.seq
    ) SELECT seq FROM above) AS a CROSS JOIN resource AS m ON m.seq = a.seq`),
  part: (attribute) =>
    groupPart(
      `CASE WHEN EXISTS (SELECT 1 FROM membership WHERE group_seq = a.seq AND member_seq = r.seq)
        THEN 'direct' ELSE 'indirect' END`,
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
  from: raw('(SELECT * FROM membership WHERE member_seq = r.seq) AS s CROSS JOIN resource AS m ON m.seq = s.group_seq'),
  value: groupPart("'direct'", attribute),
  order: 's.group_seq',
});

const hasMembers = raw('EXISTS (SELECT 1 FROM membership WHERE group_seq = r.seq)');
const hasGroups = raw('EXISTS (SELECT 1 FROM membership WHERE member_seq = r.seq)');

const groupsWith = (member: Sql): Sql =>
  sql`r.seq IN (SELECT s.group_seq FROM resource AS m CROSS JOIN membership AS s ON s.member_seq = m.seq WHERE ${member})`;

/** UNION ends cycles. */
const within = (test: Sql): Sql => sql`r.seq IN (
  WITH RECURSIVE below (seq) AS (
    SELECT m.seq FROM resource AS m WHERE m.type = 'Group' AND ${test}
    UNION
    SELECT s.member_seq FROM below JOIN membership AS s ON s.group_seq = below.seq
  ) SELECT seq FROM below)`;

const hasIndirectGroups = raw(`EXISTS (
  WITH RECURSIVE above (seq) AS (
    SELECT group_seq FROM membership WHERE member_seq = r.seq
    UNION
    SELECT s.group_seq FROM above JOIN membership AS s ON s.member_seq = above.seq
  )
  SELECT 1 FROM above
  WHERE NOT EXISTS (SELECT 1 FROM membership WHERE group_seq = above.seq AND member_seq = r.seq))`);

export const references: References = {
  managerName,
  membersSource,
  memberElements,
  groupElements,
  hasMembers,
  hasGroups,
  hasIndirectGroups,
  groupsWith,
  within,
};
