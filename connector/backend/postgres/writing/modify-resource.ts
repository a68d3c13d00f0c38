import type { Session } from '../../../postgres/session.ts';
import { applyChanges, type Change, isChangeOf } from '../../../scim/change.ts';
import { naturalName } from '../../../scim/names.ts';
import type { Read } from '../../../scim/query.ts';
import type { Changed } from '../../../scim/resource.ts';
import type { ResourceType, Traits } from '../../../scim/schema/resource-type.ts';
import { type Document, toDocument } from '../../sql/document.ts';
import type { StoredChange } from '../../trail.ts';
import { parseDocument } from '../row/parse-document.ts';
import type { Row } from '../row/row.ts';
import { toResource } from '../row/rows-to-resources.ts';
import { asTaken, refuseTaken, refuseUnknownManager } from './constraints.ts';
import { lockRow } from './locked-row.ts';
import { changeMembers } from './membership.ts';
import { nextModified } from './now.ts';
import { type PasswordChange, writePassword } from './password.ts';
import { refuseUnstorable } from './storable.ts';
import { movement, passwordIn } from './stored-change.ts';
import { storedRow } from './stored-row.ts';
import type { Leave } from './table-outbox.ts';

const isOfMembers = isChangeOf('members');

const REWRITE = `
UPDATE scim.resource AS r SET
  twin = CASE WHEN r.key = $2 THEN r.twin ELSE 0 END,
  key = $2, external_key = $3, display = $4, display_key = $5, doc = $6::json, folded = $7::jsonb
WHERE r.seq = $1`;

const STAMP = `
UPDATE scim.resource AS r SET modified = ${nextModified('r')}, version = r.version + 1
WHERE r.seq = $1
RETURNING r.modified, r.version, EXISTS (SELECT FROM scim.membership WHERE member_seq = r.seq)`;

/** What shall become of a resource. */
export interface Modification {
  readonly id: string;
  readonly changes: readonly Change[];
  readonly password: PasswordChange;
  readonly ifMatch: string | undefined;
  readonly read: Read | undefined;
}

/**
 * To be run inside a transaction.
 * @param leave  is told what changed, unless nothing did
 * @throws notFound, uniqueness, invalidValue, versionMismatch
 */
export async function modifyResource(
  session: Session,
  type: ResourceType,
  { id, changes, password, ifMatch, read }: Modification,
  leave?: Leave,
): Promise<Changed> {
  const row = await lockRow(session, type.name, id, ifMatch);
  const [seq] = row;
  // They live in a table of their own.
  const members = changes.filter(isOfMembers);
  const others = changes.filter((change) => !isOfMembers(change));
  const rewritten = others.length > 0 ? await rewrite(session, type, row, others) : undefined;
  await writePassword(session, seq, password);
  const moved = type.hasMembers && members.length > 0 ? await changeMembers(session, seq, members) : undefined;
  const isMoved = moved !== undefined && moved.joined.size + moved.left.size > 0;
  if (!rewritten && !isMoved && !others.some(isChangeOf('password'))) {
    const resource = await toResource(session, row, read);
    return { ...resource, ...(changes.length > 0 ? { unchanged: true } : {}) };
  }
  const after = await stamped(session, row, rewritten?.document);
  await leave?.({
    kind: 'modify',
    type: type.name,
    id,
    at: after[4],
    name: naturalName(type, rewritten?.after ?? parseDocument(id, row[6])),
    ...(rewritten ? { before: rewritten.before, after: rewritten.after } : {}),
    ...movement(moved),
    ...passwordIn(password),
  });
  return toResource(session, after, read);
}

/** A resource as it was and as it is. */
type Rewritten = Required<Pick<StoredChange, 'before' | 'after'>> & { readonly document: Document };

/** @returns `undefined` when the document is as it was */
async function rewrite(
  session: Session,
  type: Traits,
  [seq, id, , , , , doc]: Row,
  changes: readonly Change[],
): Promise<Rewritten | undefined> {
  const stored = parseDocument(id, doc);
  const before = toDocument(type, stored);
  const after = toDocument(type, applyChanges(stored, changes));
  if (after.doc === before.doc) return undefined;
  refuseUnstorable(type, after);
  if (after.key !== before.key) await refuseTaken(session, type, after);
  if (after.managerId !== before.managerId && !type.keepsUnknownManager) await refuseUnknownManager(session, after);
  const { key, external_key, display, display_key, doc: text, folded } = storedRow(after);
  try {
    await session.run(REWRITE, seq, key, external_key, display, display_key, text, folded);
  } catch (error) {
    throw asTaken(error, type, after);
  }
  if (JSON.stringify(after.emails) !== JSON.stringify(before.emails)) await writeEmails(session, seq, after.emails);
  return { before: before.stored, after: after.stored, document: after };
}

/** For filters: the addresses of the document, in a table with an index. */
async function writeEmails(session: Session, seq: number, emails: readonly string[]): Promise<void> {
  await session.run('DELETE FROM scim.email WHERE seq = $1', seq);
  if (emails.length > 0)
    await session.run('INSERT INTO scim.email (value, seq) SELECT unnest($2::text[]), $1::bigint', seq, emails);
}

/** The row with its new version. */
async function stamped(session: Session, row: Row, document: Document | undefined): Promise<Row> {
  const [seq, id, type, created, , , doc] = row;
  // The row itself may be newer than what was seen beside it: others had it while we waited.
  const [stamp] = await session.rows<readonly [number, number, boolean]>(STAMP, seq);
  const [modified = 0, version = 0, grouped = false] = stamp ?? [];
  return [seq, id, type, created, modified, version, document?.doc ?? doc, grouped];
}
