import { createInterface, type Interface } from 'node:readline';
import { EXIT } from '../cli/exit-codes.ts';

/** What the operating system asks of a running server. Listens from its making on, so that no early signal is lost. */
export class Signals {
  /** Resolves at the first SIGTERM or Ctrl-C. A second Ctrl-C ends the process at once. */
  readonly stopped: Promise<void>;
  #lines: Interface | undefined;
  #flush: () => void = () => undefined;
  #reload: (() => Promise<void>) | undefined;
  #reloading: Promise<void> = Promise.resolve();

  /** @param input  its end asks for a stop, a line "reload" for a reload: Windows has no signals for services */
  constructor(input?: NodeJS.ReadableStream) {
    let stop = (): void => undefined;
    this.stopped = new Promise((resolve) => {
      stop = resolve;
      process.once('SIGTERM', () => resolve());
      // Ctrl-Break on Windows.
      process.once('SIGBREAK', () => resolve());
      if (input) this.#listenTo(input, resolve);
      process.once('SIGINT', () => {
        resolve();
        process.on('SIGINT', () => {
          this.#flush();
          process.exit(EXIT.interrupted);
        });
      });
    });
    // Before there is anything to reload it means nothing; unheard it would end the process.
    // On Windows it says that the console is closed; the process is ended 10 s later.
    process.on('SIGHUP', () => (process.platform === 'win32' ? stop() : this.#startReload()));
  }

  /** Listens to its input no longer, which would keep the process alive. */
  close(): void {
    this.#lines?.close();
  }

  /** @param flush  run before an immediate end */
  beforeExit(flush: () => void): void {
    this.#flush = flush;
  }

  /** @param reload  run at SIGHUP, one at a time; must not reject */
  onReload(reload: () => Promise<void>): void {
    this.#reload = reload;
  }

  #startReload(): void {
    const reload = this.#reload;
    if (reload) this.#reloading = this.#reloading.then(reload);
  }

  #listenTo(input: NodeJS.ReadableStream, stop: () => void): void {
    this.#lines = createInterface({ input });
    this.#lines.on('line', (line) => {
      if (line === 'reload') this.#startReload();
    });
    this.#lines.once('close', stop);
    // The other end is gone: that is an end too.
    input.once('error', stop);
  }
}
