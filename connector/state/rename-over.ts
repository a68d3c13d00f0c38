import { renameSync } from 'node:fs';

const PAUSE = new Int32Array(new SharedArrayBuffer(4));
const ATTEMPTS = 50;

/** Windows refuses while anybody has the old file open: another process of ours for a moment, a virus scanner for longer. */
export function renameOver(from: string, to: string): void {
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
