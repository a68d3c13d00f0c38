import type { Log } from '../log/log.ts';
import { OUT_OF_FILES, runsOutOfFiles } from '../state/open-files.ts';
import { descriptorLimit } from './descriptor-limit.ts';

/** Unit: ms. */
const LOOK_EVERY = 1000;

/**
 * Says once when the process may open nothing more, and once when it can again. The system takes the connections of new
 * clients and closes them then, and tells nobody.
 */
export class DescriptorWatch {
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  #isShort = false;

  constructor(log: Log) {
    this.#log = log;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const isShort = runsOutOfFiles();
    if (isShort === this.#isShort) return;
    this.#isShort = isShort;
    if (isShort) this.#log.error({ limit: descriptorLimit() }, `new clients are turned away: ${OUT_OF_FILES}`);
    else this.#log.info({}, 'files and connections can be opened again');
  }
}
