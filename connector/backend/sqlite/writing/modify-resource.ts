import { applyChanges, type Change, isChangeOf } from '../../../scim/change.ts';
import { naturalName } from '../../../scim/names.ts';
import type { Read } from '../../../scim/query.ts';
import type { Changed } from '../../../scim/resource.ts';
import type { ResourceType, Traits } from '../../../scim/schema/resource-type.ts';
import { toDocument } from '../../sql/document.ts';
import type { StoredChange } from '../../trail.ts';
import type { Connection } from '../connection/connection.ts';
import { parseDocument } from '../row/parse-document.ts';
import { findMatching, findRow, type Row } from '../row/row.ts';
import { toResource } from '../row/row-to-resource.ts';
import { refuseTaken, refuseUnknownManager } from './constraints.ts';
import { writeEmails } from './emails.ts';
import { changeMembers } from './membership.ts';
import { type PasswordChange, writePassword } from './password.ts';
import { movement, passwordIn } from './stored-change.ts';
import type { Leave } from './table-outbox.ts';

const isOfMembers = isChangeOf('members');

/**
 * To be run inside a transaction.
 * @param leave  is told what changed, unless nothing did
 * @throws notFound, uniqueness, invalidValue, versionMismatch
 */
export function modifyResource(
  connection: Connection,
  type: ResourceType,
  id: string,
  changes: readonly Change[],
  password: PasswordChange,
  ifMatch: string | undefined,
  read?: Read,
  leave?: Leave,
): Changed {
  const row = findMatching(connection, type.name, id, ifMatch);
  const [seq, , , , modified, version] = row;
  const now = Math.max(Date.now(), modified + 1);
  // They live in a table of their own.
  const members = changes.filter(isOfMembers);
  const others = changes.filter((change) => !isOfMembers(change));
  const rewritten = others.length > 0 && rewrite(connection, type, row, others);
  writePassword(connection, seq, password);
  const moved = type.hasMembers && changeMembers(connection, seq, members, now);
  const isMoved = moved && moved.joined.length + moved.left.length > 0;
  if (!rewritten && !isMoved && !others.some(isChangeOf('password'))) {
    return { ...toResource(connection, row, read), ...(changes.length > 0 ? { unchanged: true } : {}) };
  }
  connection.run('UPDATE resource SET modified = ?, version = ? WHERE seq = ?', now, version + 1, seq);
  const resource = toResource(connection, findRow(connection, type.name, id), read);
  leave?.({
    kind: 'modify',
    type: type.name,
    id,
    name: naturalName(type, resource.attributes),
    ...rewritten,
    ...movement(connection, moved),
    ...passwordIn(password),
  });
  return resource;
}

/** A resource as it was and as it is. */
type Rewritten = Required<Pick<StoredChange, 'before' | 'after'>>;

/** @returns `undefined` when the document is as it was */
function rewrite(connection: Connection, type: Traits, row: Row, changes: readonly Change[]): Rewritten | undefined {
  const [seq, id, , , , , doc] = row;
  const stored = parseDocument(id, doc);
  const before = toDocument(type, stored);
  const after = toDocument(type, applyChanges(stored, changes));
  if (after.doc === before.doc) return undefined;
  if (after.key !== before.key) refuseTaken(connection, type, after);
  if (after.managerId !== before.managerId && !type.keepsUnknownManager) refuseUnknownManager(connection, after);
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
  const rewritten = { before: before.stored, after: after.stored };
  if (JSON.stringify(after.emails) === JSON.stringify(before.emails)) return rewritten;
  connection.run('DELETE FROM email WHERE seq = ?', seq);
  writeEmails(connection, seq, after);
  return rewritten;
}
