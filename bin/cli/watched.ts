import { ProgressBar } from '../terminal/progress-bar.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-codes.ts';

export interface Watching {
  /** Ctrl-C, or a stop from outside. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, of: number) => void;
}

/** Long work that writes nothing: its progress is shown on a terminal, and Ctrl-C ends it at once. */
export async function watched<T>(quiet: boolean, work: (watching: Watching) => Promise<T>): Promise<T> {
  const interrupted = new AbortController();
  const stop = (): void => interrupted.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const bar = process.stderr.isTTY === true && !quiet ? new ProgressBar() : undefined;
  try {
    return await work({ signal: interrupted.signal, onProgress: (done, of) => bar?.show(done, of, done) });
  } catch (error) {
    if (interrupted.signal.aborted) throw new CommandError(EXIT.interrupted, 'interrupted; nothing was written');
    throw error;
  } finally {
    bar?.stop();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
