import { setImmediate as nextTurn } from 'node:timers/promises';
import { ScimError, shown } from '../../../scim/error.ts';
import { naturalName } from '../../../scim/names.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import type { ImportCounts, Imported } from '../../module/transfer.ts';
import { Connection } from '../connection/connection.ts';
import { inFile } from '../connection/sqlite-errors.ts';
import { configure } from '../file/configure.ts';
import { type ImportSettings, importResource } from './import-resource.ts';
import { PendingReferences } from './pending-references.ts';

/** How many are written before others have a turn. */
const STRIDE = 100;

/**
 * Writes all of `resources` in one transaction of its own connection.
 * @throws uniqueness, invalidValue  saying which resource; nothing has been written
 * @throws unavailable  the store failed, or `signal` said to stop
 */
export async function importResources(
  file: string,
  resources: Iterable<Imported> | AsyncIterable<Imported>,
  settings: ImportSettings,
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
  settings: ImportSettings,
): Promise<ImportCounts> {
  const pending = new PendingReferences(connection);
  const counts = { User: 0, Group: 0 };
  let renumbered = 0;
  let done = 0;
  for await (const resource of resources) {
    done += 1;
    try {
      if (await importResource(connection, resource, pending, settings)) renumbered += 1;
    } catch (error) {
      throw located(error, resource, done);
    }
    counts[resource.type] += 1;
    if (done % STRIDE > 0) continue;
    settings.onProgress?.(done);
    await nextTurn();
    if (settings.signal.aborted) throw new ScimError('unavailable', 'import: stopped; nothing was written');
  }
  const memberships = pending.write();
  settings.onProgress?.(done);
  return { users: counts.User, groups: counts.Group, memberships, renumbered };
}

function located(error: unknown, { type, attributes }: Imported, position: number): unknown {
  if (!(error instanceof ScimError) || error.reason === 'unavailable') return error;
  const who = `resource ${position} (${type} ${shown(naturalName(TRAITS[type], attributes))})`;
  return new ScimError(error.reason, `${who}: ${error.message}`, { cause: error });
}
