import { EXIT } from './exit-codes.ts';

/** What the operating system asks of a running server. Listens from its making on, so that no early signal is lost. */
export class Signals {
  /** Resolves at the first SIGTERM or Ctrl-C. A second Ctrl-C ends the process at once. */
  readonly stopped: Promise<void>;
  #flush: () => void = () => undefined;
  #reload: (() => Promise<void>) | undefined;
  #reloading: Promise<void> = Promise.resolve();

  constructor() {
    this.stopped = new Promise((resolve) => {
      process.once('SIGTERM', () => resolve());
      process.once('SIGINT', () => {
        resolve();
        process.on('SIGINT', () => {
          this.#flush();
          process.exit(EXIT.interrupted);
        });
      });
    });
    // Before there is anything to reload it means nothing; unheard it would end the process.
    process.on('SIGHUP', () => {
      const reload = this.#reload;
      if (reload) this.#reloading = this.#reloading.then(reload);
    });
  }

  /** @param flush  run before an immediate end */
  beforeExit(flush: () => void): void {
    this.#flush = flush;
  }

  /** @param reload  run at SIGHUP, one at a time; must not reject */
  onReload(reload: () => Promise<void>): void {
    this.#reload = reload;
  }
}
