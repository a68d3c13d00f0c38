import type { Exported, Imported } from '../../backend/module/transfer.ts';
import { FILE_FORMAT } from '../../protocol/protocols.ts';
import { ScimError } from '../../scim/error.ts';
import { isComplex } from '../../scim/resource.ts';
import { findAttribute, type ResourceTypes, TRAITS, type TypeName } from '../../scim/schema/resource-type.ts';
import { requireComplete } from '../../service/accept.ts';
import { tidied } from '../../service/tidy.ts';

/** One resource in a file: its SCIM representation with a `type`, and the password hash where it was asked for. */
export type ResourceDocument = Readonly<Record<string, unknown>>;

export const toDocument = ({ type, id, meta, attributes, passwordHash }: Exported): ResourceDocument => ({
  type,
  id,
  ...attributes,
  meta: { created: meta.created, lastModified: meta.lastModified },
  ...(passwordHash === undefined ? {} : { passwordHash }),
});

const isTypeName = (word: unknown): word is TypeName => typeof word === 'string' && Object.hasOwn(TRAITS, word);

/** Without the word, what it holds tells: a user by its name or by what only users have. */
function typeIn(types: ResourceTypes, document: ResourceDocument): TypeName {
  const { type } = document;
  if (isTypeName(type)) return type;
  if (type !== undefined)
    throw new ScimError('invalidValue', 'type must be "User" or "Group"', { fault: 'import-file-invalid' });
  const ofUsers = types.User.attributes.filter(({ name }) => !findAttribute(types.Group.attributes, name));
  return ofUsers.some(({ name }) => name in document) ? TRAITS.User.name : TRAITS.Group.name;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** What others may call it by, also when the rest of it is unfit. */
export const idOf = (document: unknown): string | undefined => (isComplex(document) ? text(document['id']) : undefined);

/** Accepts a document as the server accepts a POST. @throws invalidSyntax, invalidValue naming the attribute */
export function fromDocument(types: ResourceTypes, document: unknown): Imported {
  if (!isComplex(document)) throw new ScimError('invalidSyntax', 'not a JSON object', { fault: 'import-file-invalid' });
  const type = types[typeIn(types, document)];
  const { type: _, ...body } = document;
  const { attributes } = FILE_FORMAT.decodeResource(type, body, { dialect: 'compatible' });
  const complete = tidied(type, type.isAccount ? { active: true, ...attributes } : attributes);
  requireComplete(type, complete);
  const id = idOf(document);
  const passwordHash = text(document['passwordHash']);
  const meta = document['meta'] as { created?: unknown; lastModified?: unknown } | undefined;
  const created = text(meta?.created);
  const lastModified = text(meta?.lastModified);
  return {
    type: type.name,
    attributes: complete,
    ...(id === undefined ? {} : { id }),
    ...(passwordHash === undefined ? {} : { passwordHash }),
    meta: { ...(created === undefined ? {} : { created }), ...(lastModified === undefined ? {} : { lastModified }) },
  };
}
