import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Not every file system can, and not every folder may be opened; the file itself is on the disk then. */
const PASSED_OVER = ['EINVAL', 'ENOTSUP', 'EACCES', 'EPERM'];

/**
 * Waits until names made or changed in `folder` are on the disk: without it a power cut may bring back the file that was
 * there before, whole, and take away one that was told to be there. Windows has no call for it.
 */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  let handle: number | undefined;
  try {
    handle = openSync(folder, 'r');
    fsyncSync(handle);
  } catch (error) {
    if (!PASSED_OVER.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
