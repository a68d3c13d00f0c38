import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The folder, or the nearest one above it that exists. */
export function existingFolder(folder: string): string {
  try {
    statSync(folder);
    return folder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return existingFolder(dirname(folder));
  }
}

/**
 * Whether files can be made in the folder, or the folder itself.
 * @returns whether it exists
 * @throws the system's error saying why not
 */
export function checkWritable(folder: string): boolean {
  const existing = existingFolder(folder);
  // With the slash it must be a folder.
  accessSync(`${existing}/`, constants.W_OK | constants.X_OK);
  return existing === folder;
}
