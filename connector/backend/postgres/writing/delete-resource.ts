import type { Session } from '../../../postgres/session.ts';
import { naturalName } from '../../../scim/names.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import { parseDocument } from '../row/parse-document.ts';
import { COLUMNS, type Row } from '../row/row.ts';
import { matching } from './locked-row.ts';
import { nextModified } from './now.ts';
import { isText } from './storable.ts';
import type { Leave } from './table-outbox.ts';

/**
 * Groups before their members, each in the order of `seq`: the order in which whoever changes a group has them too. What
 * is deleted is locked as that from the beginning.
 */
const LOCK = `
SELECT ${COLUMNS} FROM scim.resource AS r WHERE r.seq IN (
  SELECT d.seq FROM scim.resource AS d WHERE lower(d.id) = lower($1 COLLATE "C")
  UNION
  SELECT s.group_seq FROM scim.resource AS d JOIN scim.membership AS s ON s.member_seq = d.seq
  WHERE lower(d.id) = lower($1 COLLATE "C")
) ORDER BY r.type, r.seq FOR UPDATE`;

/** Groups that it is in now that nobody can add it any more, and its members: their membership ends. */
const TOUCH_GROUPS = `
WITH locked AS MATERIALIZED (
  SELECT r.seq FROM scim.membership AS s JOIN scim.resource AS r ON r.seq = s.group_seq
  WHERE s.member_seq = $1 ORDER BY r.seq FOR NO KEY UPDATE OF r
)
UPDATE scim.resource AS r SET modified = ${nextModified('r')}, version = r.version + 1 FROM locked WHERE r.seq = locked.seq`;
const TOUCH_MEMBERS = `
WITH locked AS MATERIALIZED (
  SELECT r.seq FROM scim.membership AS s JOIN scim.resource AS r ON r.seq = s.member_seq
  WHERE s.group_seq = $1 ORDER BY r.type, r.seq FOR NO KEY UPDATE OF r
)
UPDATE scim.resource AS r SET modified = ${nextModified('r')} FROM locked WHERE r.seq = locked.seq`;

/**
 * To be run inside a transaction.
 * @param leave  is told what there was
 * @throws notFound, versionMismatch
 */
export async function deleteResource(
  session: Session,
  type: ResourceType,
  id: string,
  ifMatch: string | undefined,
  leave?: Leave,
): Promise<void> {
  const rows = !isText(id) ? [] : await session.rows<Row>(LOCK, id);
  const own = rows.find(([, one]) => one.toLowerCase() === id.toLowerCase());
  const [seq, , , , , , doc] = matching(own, type.name, id, ifMatch);
  await session.run(TOUCH_GROUPS, seq);
  if (type.hasMembers) await session.run(TOUCH_MEMBERS, seq);
  // Emails, memberships and the password follow by their foreign keys.
  await session.run('DELETE FROM scim.resource WHERE seq = $1', seq);
  if (!leave) return;
  const before = parseDocument(id, doc);
  await leave({ kind: 'delete', type: type.name, id, name: naturalName(type, before), before });
}
