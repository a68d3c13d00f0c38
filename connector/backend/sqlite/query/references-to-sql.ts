import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import { jsonPath } from './json-path.ts';
import type { Source } from './source.ts';
import { raw, type Sql, sql } from './sql.ts';

/** A computed attribute: its values are those of other resources. */
export type Reference = 'members' | 'groups' | 'managerName';

export function referenceOf({ extension, attribute, sub }: BoundPath): Reference | undefined {
  if (extension === ENTERPRISE_SCHEMA) {
    return attribute.name === 'manager' && sub?.name === 'displayName' ? 'managerName' : undefined;
  }
  if (extension !== undefined) return undefined;
  return attribute.name === 'members' || attribute.name === 'groups' ? attribute.name : undefined;
}

/** Of the member or group `m`, in comparable form, by sub-attribute. */
const VALUES: Readonly<Record<string, string>> = {
  value: 'lower(m.id)',
  display: 'fold(m.display)',
  type: 'lower(m.type)',
};

/** A group is shown by its displayName, which is also its key. */
const GROUP_VALUES: Readonly<Record<string, string>> = { ...VALUES, display: 'm.key', type: "'direct'" };

export const managerName: Source = {
  value: sql`fold((SELECT json_extract(m.doc, '$.displayName') FROM resource AS m
    WHERE m.id = json_extract(r.doc, ${jsonPath(ENTERPRISE_SCHEMA, 'manager', 'managerId')}) AND m.type = 'User'))`,
};

export const membersSource = (sub: string): Source => ({
  // CROSS JOIN: the few memberships of a group first, never all resources.
  from: raw('(SELECT * FROM membership WHERE group_seq = r.seq) AS s CROSS JOIN resource AS m ON m.seq = s.member_seq'),
  value: raw(VALUES[sub] ?? 'NULL'),
  order: 's.member_seq',
});

/** The first of `User.groups`, for sorting, is a direct one: nobody has an indirect group without. */
export const groupsSource = (sub: string): Source => ({
  from: raw('(SELECT * FROM membership WHERE member_seq = r.seq) AS s CROSS JOIN resource AS m ON m.seq = s.group_seq'),
  value: raw(GROUP_VALUES[sub] ?? 'NULL'),
  order: 's.group_seq',
});

export const hasMembers = raw('EXISTS (SELECT 1 FROM membership WHERE group_seq = r.seq)');
export const hasGroups = raw('EXISTS (SELECT 1 FROM membership WHERE member_seq = r.seq)');

/** Groups with the member `id`, from the member's side of the index. */
export const groupsWith = (id: string): Sql =>
  sql`r.seq IN (SELECT s.group_seq FROM resource AS m CROSS JOIN membership AS s ON s.member_seq = m.seq WHERE m.id = ${id})`;

/** Everybody within a group `m` that passes `test`, however deep. UNION ends cycles. */
export const within = (test: Sql): Sql => sql`r.seq IN (
  WITH RECURSIVE below (seq) AS (
    SELECT m.seq FROM resource AS m WHERE m.type = 'Group' AND ${test}
    UNION
    SELECT s.member_seq FROM below JOIN membership AS s ON s.group_seq = below.seq
  ) SELECT seq FROM below)`;

/** In a group that does not name the user itself. */
export const hasIndirectGroups = raw(`EXISTS (
  WITH RECURSIVE above (seq) AS (
    SELECT group_seq FROM membership WHERE member_seq = r.seq
    UNION
    SELECT s.group_seq FROM above JOIN membership AS s ON s.member_seq = above.seq
  )
  SELECT 1 FROM above
  WHERE NOT EXISTS (SELECT 1 FROM membership WHERE group_seq = above.seq AND member_seq = r.seq))`);
