/** Files that only the connector's account may read: keys, credentials, secrets. */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { createWindowsFile, keepFolderPrivate } from './windows-rights.ts';

/**
 * Creates the folder and those above it, for their owner alone. One that is there already keeps its rights.
 * Step by step: Node's recursive form never ends where a folder exists but takes no other (`/proc`).
 */
export function privateFolder(path: string, mode = 0o700): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) privateFolder(parent, mode);
  try {
    mkdirSync(path, { mode });
    keepFolderPrivate(path);
  } catch (error) {
    // Somebody else was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Creates a file for its owner alone and opens it for writing. @throws EEXIST */
export const createPrivateFile = (file: string, mode = 0o600): number =>
  process.platform === 'win32' ? createWindowsFile(file) : openSync(file, 'wx', mode);

/** Replaces `file` as a whole: a reader sees the old text or the new one, and a power cut leaves one of them. */
export function writePrivate(file: string, text: string, mode = 0o600): void {
  privateFolder(dirname(file));
  const partial = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = openSync(partial, 'wx', mode);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameOver(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4));
const ATTEMPTS = 50;

/** Windows refuses while anybody has the old file open: another process of ours for a moment, a virus scanner for longer. */
function renameOver(from: string, to: string): void {
  for (let left = ATTEMPTS; ; left--) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const isBusy = ['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (process.platform !== 'win32' || !isBusy || left === 0) throw error;
      // Unit: ms.
      Atomics.wait(PAUSE, 0, 0, 20);
    }
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
