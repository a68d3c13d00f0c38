import { closeSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { createPrivateFile } from '../../../state/private-file.ts';
import { privateFolder } from '../../../state/private-folder.ts';
import { unavailable } from '../connection/sqlite-errors.ts';

/**
 * Makes the folder and the file of a database where there are none, readable by their owner alone.
 * @returns the path without links: two connectors that go to one file by two names must meet at one lock
 */
export function prepareFile(file: string): string {
  const folder = dirname(file);
  try {
    privateFolder(folder);
    createPrivate(file);
    return realpathSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw unavailable(
      'database-missing',
      `${file} cannot be created (${code}); check the folder, its owner and its permissions`,
      {
        cause: error,
      },
    );
  }
}

/** Creates an empty file that only its owner may read, unless there is one. SQLite's side files copy its mode. */
export function createPrivate(path: string): void {
  try {
    closeSync(createPrivateFile(path));
  } catch (error) {
    // Never open one that exists: closing it would drop this process's POSIX locks on it.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
