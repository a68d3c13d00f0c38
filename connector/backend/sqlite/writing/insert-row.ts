import { randomUUID } from 'node:crypto';
import type { Traits } from '../../../scim/schema/resource-type.ts';
import type { Document } from '../../sql/document.ts';
import type { Connection } from '../connection/connection.ts';
import type { Row } from '../row/row.ts';
import { refuseTaken } from './constraints.ts';
import { writeEmails } from './emails.ts';

/** What a resource starts with. `id` and the times are given only when resources are imported. */
export interface Origin {
  readonly id?: string;
  /** Unit of both: ms since 1970. */
  readonly created?: number;
  readonly modified?: number;
}

/** Inserts one resource without its members; to be run inside a transaction. @throws uniqueness */
export function insertRow(connection: Connection, type: Traits, document: Document, origin: Origin): Row {
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
  return [seq, id, type.name, created, modified, 1, document.doc, 0];
}
