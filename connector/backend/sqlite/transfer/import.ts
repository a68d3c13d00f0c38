import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Element } from '../../../scim/change.ts';
import { parseDateTime } from '../../../scim/date-time.ts';
import { ScimError, shown } from '../../../scim/error.ts';
import { naturalName } from '../../../scim/names.ts';
import { isComplex } from '../../../scim/resource.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import { hashPassword, isPasswordHash } from '../../../secrets/password-hash.ts';
import type { ImportCounts, Imported, ImportOptions } from '../../module/transfer.ts';
import { Connection } from '../connection/connection.ts';
import { inFile } from '../connection/sqlite-errors.ts';
import { configure } from '../file/configure.ts';
import { toDocument } from '../row/document.ts';
import { insert, type Origin, writePassword } from '../writing/writer.ts';
import { PendingReferences } from './pending-references.ts';

interface Settings extends ImportOptions {
  readonly signal: AbortSignal;
  readonly passwords: 'hash' | 'discard';
}

/** How many are written before others have a turn. */
const STRIDE = 100;

/** What may stand in a URL as it is (`id` in SCIM 1.1 Core §5.1, and no `.json` at its end). */
const PLAIN_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Writes all of `resources` in one transaction of its own connection.
 * @throws uniqueness, invalidValue  saying which resource; nothing has been written
 * @throws unavailable  the store failed, or `signal` said to stop
 */
export async function importResources(
  file: string,
  resources: Iterable<Imported> | AsyncIterable<Imported>,
  settings: Settings,
): Promise<ImportCounts> {
  const connection = new Connection(file);
  try {
    configure(connection);
    connection.db.exec('BEGIN IMMEDIATE');
    const counts = await writeAll(connection, resources, settings);
    connection.db.exec('COMMIT');
    return counts;
  } catch (error) {
    throw inFile(file, error);
  } finally {
    // Closing undoes what is not committed.
    connection.close();
  }
}

async function writeAll(
  connection: Connection,
  resources: Iterable<Imported> | AsyncIterable<Imported>,
  settings: Settings,
): Promise<ImportCounts> {
  const pending = new PendingReferences(connection);
  const counts = { User: 0, Group: 0 };
  let renumbered = 0;
  let done = 0;
  for await (const resource of resources) {
    done += 1;
    try {
      if (await write(connection, resource, pending, settings)) renumbered += 1;
    } catch (error) {
      throw located(error, resource, done);
    }
    counts[resource.type] += 1;
    if (done % STRIDE > 0) continue;
    settings.onProgress?.(done);
    await nextTurn();
    if (settings.signal.aborted) throw new ScimError('unavailable', 'import: stopped; nothing was written');
  }
  const memberships = pending.settle();
  settings.onProgress?.(done);
  return { users: counts.User, groups: counts.Group, memberships, renumbered };
}

/** @returns whether the resource had an id and got another */
async function write(
  connection: Connection,
  { type, id, meta, attributes, passwordHash }: Imported,
  pending: PendingReferences,
  { passwords, passwordHashes }: Settings,
): Promise<boolean> {
  const document = toDocument(TRAITS[type], attributes);
  const free = 'SELECT 1 FROM resource WHERE id = ?';
  const kept = id !== undefined && PLAIN_ID.test(id) && connection.row(free, id) === undefined;
  const [seq] = insert(connection, TRAITS[type], document, kept ? { id, ...times(meta) } : {});
  if (id !== undefined) pending.given(id, seq);
  if (document.managerId !== undefined) pending.manager(seq, document.managerId);
  if (TRAITS[type].hasMembers) {
    for (const member of (attributes['members'] ?? []) as readonly Element[]) {
      pending.member(seq, String(isComplex(member) ? member['value'] : member));
    }
  }
  if (passwords === 'hash') {
    const hash = passwordHashes ? passwordHash : undefined;
    if (hash !== undefined && !isPasswordHash(hash)) {
      throw new ScimError(
        'invalidValue',
        'passwordHash: not an argon2id hash of the form $argon2id$v=19$m=…,t=…,p=…$…$…',
      );
    }
    const { password } = attributes;
    if (hash !== undefined) writePassword(connection, seq, { hash });
    else if (typeof password === 'string') writePassword(connection, seq, { hash: await hashPassword(password) });
  }
  return id !== undefined && !kept;
}

/** The original times, as far as they make sense: none in the future, none modified before it was created. */
function times(meta: Imported['meta']): Origin {
  const created = parseDateTime(meta?.created ?? '');
  const modified = parseDateTime(meta?.lastModified ?? '') ?? created;
  if (created === undefined || modified === undefined || modified < created || modified > Date.now()) return {};
  return { created, modified };
}

function located(error: unknown, { type, attributes }: Imported, position: number): unknown {
  if (!(error instanceof ScimError) || error.reason === 'unavailable') return error;
  const who = `resource ${position} (${type} ${shown(naturalName(TRAITS[type], attributes))})`;
  return new ScimError(error.reason, `${who}: ${error.message}`, { cause: error });
}
