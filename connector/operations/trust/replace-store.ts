import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { dropPartial, partialOf, removeAbandoned } from '../../state/partial-file.ts';
import { renameOver } from '../../state/rename-over.ts';
import { syncFolder } from '../../state/sync-folder.ts';
import { OperationError } from '../operation-error.ts';

function toDisk(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** `cacerts.20261128T101500Z.bak`, beside it. */
export const backupName = (file: string, now: Date): string =>
  `${file}.${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z.bak`;

function copyWithRights(from: string, to: string): void {
  copyFileSync(from, to);
  const { mode, uid, gid } = statSync(from);
  if (process.platform !== 'win32') chownSync(to, uid, gid);
  chmodSync(to, mode);
  toDisk(to);
}

/**
 * Changes a copy of `file` and puts it in its place in one step, with the same owner and rights: whoever is killed
 * meanwhile leaves the old one whole. The old one is kept beside it.
 * @param change  is given the copy; what it throws leaves everything as it was
 * @returns where the old one is kept
 * @throws OperationError somebody else changed it meanwhile; EACCES and the like
 */
export async function replaceStore(file: string, now: Date, change: (copy: string) => Promise<void>): Promise<string> {
  // Debian's Java has a link there.
  const target = realpathSync(file);
  removeAbandoned(dirname(target));
  const before = readFileSync(target);
  const copy = partialOf(target);
  try {
    copyWithRights(target, copy);
    await change(copy);
    toDisk(copy);
    if (!readFileSync(target).equals(before))
      throw new OperationError('unexpected', `${file} was changed by another program meanwhile: run it again`);
    const backup = backupName(target, now);
    copyWithRights(target, backup);
    renameOver(copy, target);
    syncFolder(dirname(target));
    return backup;
  } finally {
    dropPartial(copy);
  }
}
