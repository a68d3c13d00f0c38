import { randomUUID } from 'node:crypto';
import type { Attributes } from '../../../scim/resource.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import { type Document, toDocument } from '../../sql/document.ts';
import type { StoredChange } from '../../trail.ts';
import type { Row } from '../row/row.ts';
import { taken, unknownManager } from './constraints.ts';
import type { Inserted, InsertedRow } from './insert-statement.ts';
import type { PasswordChange } from './password.ts';
import { refuseUnstorable } from './storable.ts';
import { passwordIn } from './stored-change.ts';
import { storedRow } from './stored-row.ts';

/** A resource that is about to be made, without its members. */
export interface NewResource {
  readonly type: ResourceType;
  readonly id: string;
  readonly document: Document;
  readonly row: InsertedRow;
  /** For the record of it. */
  readonly change: StoredChange;
}

/** @throws invalidValue  it cannot be stored */
export function newResource(type: ResourceType, attributes: Attributes, password: PasswordChange): NewResource {
  const document = toDocument(type, attributes);
  refuseUnstorable(type, document);
  const id = randomUUID();
  const { emails, managerId } = document;
  return {
    type,
    id,
    document,
    row: {
      type: type.name,
      id,
      ...storedRow(document),
      emails,
      ...(managerId === undefined || type.keepsUnknownManager ? {} : { manager: managerId }),
      ...(typeof password === 'object' ? { hash: password.hash } : {}),
    },
    change: {
      kind: 'create',
      type: type.name,
      id,
      name: document.natural,
      after: document.stored,
      ...passwordIn(password),
    },
  };
}

/** What the database has made of it. @throws uniqueness, invalidValue */
export function madeOf({ type, id, document }: NewResource, [, seq, created, managed]: Inserted): Row {
  if (!managed) throw unknownManager(document);
  if (seq === null || created === null) throw taken(type, document);
  return [seq, id, type.name, created, created, 1, document.doc, false];
}
