import type { Element } from '../../../scim/change.ts';
import { parseDateTime } from '../../../scim/date-time.ts';
import { ScimError } from '../../../scim/error.ts';
import { isComplex } from '../../../scim/resource.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import { hashPassword, isPasswordHash } from '../../../secrets/password-hash.ts';
import type { Imported, ImportOptions } from '../../module/transfer.ts';
import { toDocument } from '../../sql/document.ts';
import type { Connection } from '../connection/connection.ts';
import { insertRow, type Origin } from '../writing/insert-row.ts';
import { type PasswordChange, writePassword } from '../writing/password.ts';
import type { PendingReferences } from './pending-references.ts';

export interface ImportSettings extends ImportOptions {
  readonly signal: AbortSignal;
  readonly passwords: 'hash' | 'discard';
}

/** What may stand in a URL as it is (`id` in SCIM 1.1 Core §5.1, and no `.json` at its end). */
const PLAIN_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Writes one resource; its references wait in `pending`.
 * @param source  what errors call it
 * @returns whether it had an id and got another
 * @throws uniqueness, invalidValue
 */
export async function importResource(
  connection: Connection,
  { type, id, meta, attributes, passwordHash, line }: Imported,
  source: string,
  pending: PendingReferences,
  { passwords, passwordHashes }: ImportSettings,
): Promise<boolean> {
  const traits = TRAITS[type];
  const document = toDocument(traits, attributes);
  const free = 'SELECT 1 FROM resource WHERE id = ?';
  const kept = id !== undefined && PLAIN_ID.test(id) && connection.row(free, id) === undefined;
  const [seq] = insertRow(connection, traits, document, kept ? { id, ...times(meta) } : {});
  if (id !== undefined) pending.given(id, seq);
  if (traits.hasMembers || document.managerId !== undefined) pending.owner(seq, source, line);
  if (document.managerId !== undefined) pending.manager(seq, document.managerId);
  if (traits.hasMembers) {
    for (const member of (attributes['members'] ?? []) as readonly Element[]) {
      pending.member(seq, String(isComplex(member) ? member['value'] : member));
    }
  }
  if (passwords === 'hash') {
    const password = await passwordOf(attributes['password'], passwordHashes ? passwordHash : undefined);
    writePassword(connection, seq, password);
  }
  return id !== undefined && !kept;
}

/** The hash that came, or one of the password that came. */
async function passwordOf(password: unknown, hash: string | undefined): Promise<PasswordChange> {
  if (hash === undefined) return typeof password === 'string' ? { hash: await hashPassword(password) } : undefined;
  if (isPasswordHash(hash)) return { hash };
  throw new ScimError('invalidValue', 'passwordHash: not an argon2id hash of the form $argon2id$v=19$m=…,t=…,p=…$…$…', {
    fault: 'import-file-invalid',
  });
}

/** The original times, as far as they make sense: none in the future, none modified before it was created. */
function times(meta: Imported['meta']): Origin {
  const created = parseDateTime(meta?.created ?? '');
  const modified = parseDateTime(meta?.lastModified ?? '') ?? created;
  if (created === undefined || modified === undefined || modified < created || modified > Date.now()) return {};
  return { created, modified };
}
