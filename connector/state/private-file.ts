/** Files that only the connector's account may read: keys, credentials, secrets. */
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { dropPartial, partialOf } from './partial-file.ts';
import { privateFolder } from './private-folder.ts';
import { renameOver } from './rename-over.ts';
import { syncFolder } from './sync-folder.ts';
import { createWindowsFile } from './windows-rights.ts';

/** Creates a file for its owner alone and opens it for writing. @throws EEXIST */
export const createPrivateFile = (file: string, mode = 0o600): number =>
  process.platform === 'win32' ? createWindowsFile(file) : openSync(file, 'wx', mode);

/** Replaces `file` as a whole: a reader sees the old text or the new one, and a power cut leaves one of them, the new one once this returns. */
export function writePrivate(file: string, text: string, mode = 0o600): void {
  privateFolder(dirname(file));
  const partial = partialOf(`${file}.${randomUUID()}`);
  try {
    const handle = openSync(partial, 'wx', mode);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameOver(partial, file);
    syncFolder(dirname(file));
  } finally {
    dropPartial(partial);
  }
}

/** The text of `file`, or undefined when there is none. */
export function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}
