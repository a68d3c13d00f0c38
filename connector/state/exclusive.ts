import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LockError } from './lock-error.ts';
import { LockFile } from './lock-file.ts';
import { privateFolder } from './private-folder.ts';

/** Unit: ms. */
const RETRY_EVERY = 20;
/** Holders work for milliseconds. Unit: ms. */
const GIVE_UP_AFTER = 30_000;

/**
 * Runs `work` as the one writer of `file`, across processes: while holding `<file>.lock`. Waits for another holder, and
 * takes over the lock of a dead one.
 * @param giveUpAfter  unit: ms
 * @throws LockError  somebody holds it all the time, or what lies there is no lock of ours
 */
export async function exclusively<T>(
  file: string,
  work: () => T | Promise<T>,
  giveUpAfter = GIVE_UP_AFTER,
): Promise<T> {
  privateFolder(dirname(file));
  const lock = new LockFile(`${file}.lock`);
  const started = performance.now();
  try {
    while (!lock.claim()) {
      const holder = lock.takeAway();
      if (performance.now() - started > giveUpAfter)
        throw new LockError(`${file}.lock: ${holder ?? 'somebody holds it'}; look who it is, or remove it`);
      // Also where it seems to be gone: whatever the reason, the process must go on doing other things.
      await pause(RETRY_EVERY);
    }
    return await work();
  } finally {
    lock.release();
  }
}
