import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ScimError } from '../../../scim/error.ts';
import { dropPartial, partialOf, removeAbandoned } from '../../../state/partial-file.ts';
import type { Imported, ImportTrial, Refusal } from '../../module/transfer.ts';
import { Connection } from '../connection/connection.ts';
import { inFile } from '../connection/sqlite-errors.ts';
import { backup } from '../file/backup.ts';
import { configure } from '../file/configure.ts';
import { closeFile, openFile } from '../file/open-file.ts';
import type { ImportSettings } from './import-resource.ts';
import { ImportRun, pauseBetween, whereabouts } from './import-run.ts';

const isRefusal = (candidate: Imported | Refusal): candidate is Refusal => 'text' in candidate;

/**
 * Imports into a copy of the database that nobody else sees, passing over what is refused: what the real import says is
 * found by the same code, and a connector goes on meanwhile. @throws unavailable
 */
export async function tryImport(
  file: string,
  candidates: AsyncIterable<Imported | Refusal>,
  settings: ImportSettings,
): Promise<ImportTrial> {
  // Beside the database there is room for people, and the folder is as private; without one there are no people yet.
  const place = existsSync(file) ? dirname(file) : tmpdir();
  removeAbandoned(place);
  const folder = partialOf(join(place, `import-trial-${randomUUID()}`));
  mkdirSync(folder, { mode: 0o700 });
  const copy = join(folder, 'trial.db');
  try {
    if (existsSync(file)) await backup(file, copy);
    // Made where there is none, and brought to the current schema.
    closeFile(openFile(copy));
    return await tryAll(copy, candidates, settings);
  } catch (error) {
    throw inFile(file, error);
  } finally {
    dropPartial(folder);
  }
}

async function tryAll(
  copy: string,
  candidates: AsyncIterable<Imported | Refusal>,
  settings: ImportSettings,
): Promise<ImportTrial> {
  const connection = new Connection(copy);
  try {
    configure(connection);
    connection.db.exec('BEGIN IMMEDIATE');
    const all = new ImportRun(connection, settings);
    const refusals: Refusal[] = [];
    for await (const candidate of candidates) {
      const refusal = isRefusal(candidate) ? candidate : await tryOne(connection, all, candidate);
      if (refusal) {
        refusals.push(refusal);
        all.passOver(refusal.id);
      }
      await pauseBetween(all.done, settings);
    }
    refusals.push(...all.dangling());
    return { counts: all.finish(), refusals };
  } finally {
    connection.close();
  }
}

async function tryOne(connection: Connection, all: ImportRun, resource: Imported): Promise<Refusal | undefined> {
  const { id, line } = resource;
  connection.db.exec('SAVEPOINT one');
  try {
    await all.add(withoutPassword(resource));
    connection.db.exec('RELEASE one');
    return undefined;
  } catch (error) {
    if (!(error instanceof ScimError) || error.reason === 'unavailable') throw error;
    connection.db.exec('ROLLBACK TO one; RELEASE one');
    const text = `${whereabouts(resource, all.done)}: ${error.message}`;
    return { text, ...(id === undefined ? {} : { id }), ...(line === undefined ? {} : { line }) };
  }
}

/** It would be hashed, which takes its time and finds nothing. */
function withoutPassword({ attributes, ...resource }: Imported): Imported {
  const { password: _, ...others } = attributes;
  return { ...resource, attributes: others };
}
