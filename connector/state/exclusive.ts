import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LockFile } from './lock-file.ts';
import { privateFolder } from './private-folder.ts';

/** Unit: ms. */
const RETRY_EVERY = 20;

/**
 * Runs `work` as the one writer of `file`, across processes: while holding `<file>.lock`. Waits for another holder, and
 * takes over the lock of a dead one.
 */
export async function exclusively<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  privateFolder(dirname(file));
  const lock = new LockFile(`${file}.lock`);
  try {
    while (!lock.claim()) {
      if (!lock.takeAway()) await pause(RETRY_EVERY);
    }
    return await work();
  } finally {
    lock.release();
  }
}
