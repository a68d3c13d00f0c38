import { ProgressBar } from '../terminal/progress-bar.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-codes.ts';

export interface Watching {
  /** Ctrl-C, or a stop from outside. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, of: number) => void;
}

/**
 * Long work that may be ended at any time: its progress is shown on a terminal, and Ctrl-C ends it.
 * @param interrupted  what is said then
 */
export async function watched<T>(
  quiet: boolean,
  work: (watching: Watching) => Promise<T>,
  interrupted: string = 'interrupted; nothing was written',
): Promise<T> {
  const leaving = new AbortController();
  const stop = (): void => leaving.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const bar = process.stderr.isTTY === true && !quiet ? new ProgressBar() : undefined;
  try {
    return await work({ signal: leaving.signal, onProgress: (done, of) => bar?.show(done, of, done) });
  } catch (error) {
    if (leaving.signal.aborted) throw new CommandError(EXIT.interrupted, interrupted);
    throw error;
  } finally {
    bar?.stop();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
