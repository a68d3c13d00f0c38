import { randomUUID } from 'node:crypto';
import { applyChanges, type Change, isChangeOf } from '../../../scim/change.ts';
import { noSuchUser, notUnique, versionMismatch } from '../../../scim/error.ts';
import type { Attributes, Resource, Value } from '../../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { ResourceType, Traits, TypeName } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';
import { type Document, toDocument } from '../row/document.ts';
import { findRow, type Row, toResource } from '../row/row-to-resource.ts';
import { changeMembers, touchNeighbours } from './membership.ts';

/** A password that has been hashed, none any more, or no change of it. */
export type PasswordChange = { readonly hash: string } | 'removed' | undefined;

/** What a resource starts with. `id` and the times are given only when resources are imported. */
export interface Origin {
  readonly id?: string;
  /** Unit of both: ms since 1970. */
  readonly created?: number;
  readonly modified?: number;
}

/** Inserts one resource without its members; to be run inside a transaction. @throws uniqueness */
export function insert(connection: Connection, type: Traits, document: Document, origin: Origin): Row {
  refuseTaken(connection, type, document);
  const id = origin.id ?? randomUUID();
  const created = origin.created ?? Date.now();
  const modified = origin.modified ?? created;
  const { lastInsertRowid } = connection.run(
    `INSERT INTO resource (id, type, key, external_key, display, created, modified, version, doc)
     VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)`,
    id,
    type.name,
    document.key,
    document.externalKey,
    document.display,
    created,
    modified,
    document.doc,
  );
  const seq = Number(lastInsertRowid);
  writeEmails(connection, seq, document);
  return [seq, id, type.name, created, modified, 1, document.doc];
}

/** To be run inside a transaction, as the two below. @throws uniqueness, invalidValue */
export function create(
  connection: Connection,
  type: ResourceType,
  attributes: Attributes,
  password: PasswordChange,
): Resource {
  const document = toDocument(type, attributes);
  refuseUnknownManager(connection, document);
  const row = insert(connection, type, document, {});
  const [seq, , , created] = row;
  writePassword(connection, seq, password);
  const members = attributes['members'];
  if (type.hasMembers && members !== undefined) {
    changeMembers(connection, seq, [{ op: 'set', path: { attribute: 'members' }, value: members as Value }], created);
  }
  return toResource(connection, row);
}

/** @throws notFound, uniqueness, invalidValue, versionMismatch */
export function modify(
  connection: Connection,
  type: ResourceType,
  id: string,
  changes: readonly Change[],
  password: PasswordChange,
  ifMatch?: string,
): Resource {
  const row = findMatching(connection, type.name, id, ifMatch);
  if (changes.length === 0) return toResource(connection, row);
  const [seq, , , , modified, version, doc] = row;
  const now = Math.max(Date.now(), modified + 1);
  // They live in a table of their own.
  const isOfMembers = isChangeOf('members');
  const members = changes.filter(isOfMembers);
  const others = changes.filter((change) => !isOfMembers(change));
  if (others.length > 0) rewrite(connection, type, seq, doc, others);
  writePassword(connection, seq, password);
  if (type.hasMembers) changeMembers(connection, seq, members, now);
  connection.run('UPDATE resource SET modified = ?, version = ? WHERE seq = ?', now, version + 1, seq);
  return toResource(connection, findRow(connection, type.name, id));
}

/** @throws notFound, versionMismatch */
export function remove(connection: Connection, type: ResourceType, id: string, ifMatch?: string): void {
  const [seq] = findMatching(connection, type.name, id, ifMatch);
  touchNeighbours(connection, seq, Date.now());
  // Emails, memberships and the password follow by their foreign keys.
  connection.run('DELETE FROM resource WHERE seq = ?', seq);
}

function findMatching(connection: Connection, type: TypeName, id: string, ifMatch?: string): Row {
  const row = findRow(connection, type, id);
  if (ifMatch !== undefined && ifMatch !== String(row[5])) throw versionMismatch(type, id);
  return row;
}

function rewrite(connection: Connection, type: Traits, seq: number, doc: string, changes: readonly Change[]): void {
  const before = toDocument(type, JSON.parse(doc) as Attributes);
  const after = toDocument(type, applyChanges(JSON.parse(doc) as Attributes, changes));
  if (after.doc === before.doc) return;
  if (after.key !== before.key) refuseTaken(connection, type, after);
  if (after.managerId !== before.managerId) refuseUnknownManager(connection, after);
  connection.run(
    'UPDATE resource SET key = ?, external_key = ?, display = ?, doc = ? WHERE seq = ?',
    after.key,
    after.externalKey,
    after.display,
    after.doc,
    seq,
  );
  if (JSON.stringify(after.emails) === JSON.stringify(before.emails)) return;
  connection.run('DELETE FROM email WHERE seq = ?', seq);
  writeEmails(connection, seq, after);
}

function writeEmails(connection: Connection, seq: number, { emails }: Document): void {
  for (const email of emails) connection.run('INSERT INTO email VALUES (?, ?)', email, seq);
}

export function writePassword(connection: Connection, seq: number, password: PasswordChange): void {
  if (password === undefined) return;
  if (password === 'removed') connection.run('DELETE FROM password WHERE seq = ?', seq);
  else connection.run('INSERT OR REPLACE INTO password VALUES (?, ?)', seq, password.hash);
}

function refuseTaken(connection: Connection, type: Traits, { key, natural }: Document): void {
  // The type stands in the text because each type has a partial index of its own.
  if (connection.row(`SELECT 1 FROM resource WHERE type = '${type.name}' AND key = ?`, key) !== undefined) {
    throw notUnique(type.naturalKey, natural);
  }
}

function refuseUnknownManager(connection: Connection, { managerId }: Document): void {
  if (managerId === undefined) return;
  const row = connection.row<readonly [string]>(`SELECT id FROM resource WHERE id = ? AND type = 'User'`, managerId);
  if (row?.[0] === managerId) return;
  throw noSuchUser(`${ENTERPRISE_SCHEMA}:manager.managerId`, managerId);
}
