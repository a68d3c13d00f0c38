import { applyChanges, type Change, isChangeOf } from '../../../scim/change.ts';
import type { Read } from '../../../scim/query.ts';
import type { Changed } from '../../../scim/resource.ts';
import type { ResourceType, Traits } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';
import { toDocument } from '../row/document.ts';
import { parseDocument } from '../row/parse-document.ts';
import { findMatching, findRow, type Row } from '../row/row.ts';
import { toResource } from '../row/row-to-resource.ts';
import { refuseTaken, refuseUnknownManager } from './constraints.ts';
import { writeEmails } from './emails.ts';
import { changeMembers } from './membership.ts';
import { type PasswordChange, writePassword } from './password.ts';

const isOfMembers = isChangeOf('members');

/** To be run inside a transaction. @throws notFound, uniqueness, invalidValue, versionMismatch */
export function modifyResource(
  connection: Connection,
  type: ResourceType,
  id: string,
  changes: readonly Change[],
  password: PasswordChange,
  ifMatch: string | undefined,
  read?: Read,
): Changed {
  const row = findMatching(connection, type.name, id, ifMatch);
  const [seq, , , , modified, version] = row;
  const now = Math.max(Date.now(), modified + 1);
  // They live in a table of their own.
  const members = changes.filter(isOfMembers);
  const others = changes.filter((change) => !isOfMembers(change));
  const isRewritten = others.length > 0 && rewrite(connection, type, row, others);
  writePassword(connection, seq, password);
  const isMoved = type.hasMembers && changeMembers(connection, seq, members, now);
  if (!isRewritten && !isMoved && !others.some(isChangeOf('password'))) {
    return { ...toResource(connection, row, read), ...(changes.length > 0 ? { unchanged: true } : {}) };
  }
  connection.run('UPDATE resource SET modified = ?, version = ? WHERE seq = ?', now, version + 1, seq);
  return toResource(connection, findRow(connection, type.name, id), read);
}

/** @returns whether the document is another one now */
function rewrite(connection: Connection, type: Traits, row: Row, changes: readonly Change[]): boolean {
  const [seq, id, , , , , doc] = row;
  const stored = parseDocument(id, doc);
  const before = toDocument(type, stored);
  const after = toDocument(type, applyChanges(stored, changes));
  if (after.doc === before.doc) return false;
  if (after.key !== before.key) refuseTaken(connection, type, after);
  if (after.managerId !== before.managerId) refuseUnknownManager(connection, after);
  connection.run(
    `UPDATE resource SET twin = CASE WHEN key = ? THEN twin ELSE 0 END, key = ?, external_key = ?, display = ?, doc = ?
     WHERE seq = ?`,
    after.key,
    after.key,
    after.externalKey,
    after.display,
    after.doc,
    seq,
  );
  if (JSON.stringify(after.emails) === JSON.stringify(before.emails)) return true;
  connection.run('DELETE FROM email WHERE seq = ?', seq);
  writeEmails(connection, seq, after);
  return true;
}
