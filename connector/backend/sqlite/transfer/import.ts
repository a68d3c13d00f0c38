import { ScimError } from '../../../scim/error.ts';
import type { ImportCounts, Imported } from '../../module/transfer.ts';
import { Connection } from '../connection/connection.ts';
import { inFile } from '../connection/sqlite-errors.ts';
import { configure } from '../file/configure.ts';
import type { ImportSettings } from './import-resource.ts';
import { ImportRun, pauseBetween, whereabouts } from './import-run.ts';

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
  const all = new ImportRun(connection, settings);
  for await (const resource of resources) {
    try {
      await all.add(resource);
    } catch (error) {
      throw located(error, resource, all.done);
    }
    await pauseBetween(all.done, settings);
  }
  const [dangling] = all.dangling();
  if (dangling) throw new ScimError('invalidValue', dangling.text, { fault: 'member-unknown' });
  settings.onProgress?.(all.done);
  return all.finish();
}

function located(error: unknown, resource: Imported, done: number): unknown {
  if (!(error instanceof ScimError) || error.reason === 'unavailable') return error;
  return new ScimError(error.reason, `${whereabouts(resource, done)}: ${error.message}`, {
    fault: error.fault,
    cause: error,
  });
}
