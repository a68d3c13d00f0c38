import type { Exported, Imported } from '../../backend/module/transfer.ts';
import { FILE_FORMAT } from '../../protocol/protocols.ts';
import { ScimError } from '../../scim/error.ts';
import { isComplex } from '../../scim/resource.ts';
import type { ResourceTypes, TypeName } from '../../scim/schema/resource-type.ts';
import { requireComplete } from '../../service/accept.ts';

/** One resource in a file: its SCIM representation with a `type`, and the password hash where it was asked for. */
export type TransferRecord = Readonly<Record<string, unknown>>;

export const toRecord = ({ type, id, meta, attributes, passwordHash }: Exported): TransferRecord => ({
  type,
  id,
  ...attributes,
  meta: { created: meta.created, lastModified: meta.lastModified },
  ...(passwordHash === undefined ? {} : { passwordHash }),
});

function typeIn(record: TransferRecord): TypeName {
  const { type } = record;
  if (type === 'User' || type === 'Group') return type;
  if (type !== undefined) throw new ScimError('invalidValue', 'type must be "User" or "Group"');
  return 'userName' in record ? 'User' : 'Group';
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Accepts a record as the server accepts a POST. @throws invalidSyntax, invalidValue naming the attribute */
export function fromRecord(types: ResourceTypes, record: unknown): Imported {
  if (!isComplex(record)) throw new ScimError('invalidSyntax', 'not a JSON object');
  const typeName = typeIn(record);
  const { type: _, ...body } = record;
  const type = types[typeName];
  const { attributes } = FILE_FORMAT.decodeResource(type, body, { strict: false });
  const complete = typeName === 'User' ? { active: true, ...attributes } : attributes;
  requireComplete(type, complete);
  const id = text(record['id']);
  const passwordHash = text(record['passwordHash']);
  const meta = record['meta'] as { created?: unknown; lastModified?: unknown } | undefined;
  const created = text(meta?.created);
  const lastModified = text(meta?.lastModified);
  return {
    type: typeName,
    attributes: complete,
    ...(id === undefined ? {} : { id }),
    ...(passwordHash === undefined ? {} : { passwordHash }),
    meta: { ...(created === undefined ? {} : { created }), ...(lastModified === undefined ? {} : { lastModified }) },
  };
}
