import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.ts';
import { keepFolderPrivate } from './windows-rights.ts';

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
    syncFolder(parent);
  } catch (error) {
    // Somebody else was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
