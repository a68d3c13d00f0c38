import { logEvent } from '../../log/event.ts';
import type { Log } from '../../log/log.ts';

export interface DiskWatchOptions {
  readonly log: Log;
  readonly folder: string;
  /** Unit: bytes. */
  readonly least: number;
  /** @throws the system's error */
  readonly free: (folder: string) => number;
}

/** It has room again only well above. */
const MARGIN = 1.2;
const MIB = 1024 * 1024;

/** Whether there is room where the connector writes. */
export class DiskWatch {
  readonly #options: DiskWatchOptions;
  #isLow = false;

  constructor(options: DiskWatchOptions) {
    this.#options = options;
  }

  /** To be called now and then. */
  look(): void {
    const { log, folder, least, free } = this.#options;
    let left: number;
    try {
      left = free(folder);
    } catch {
      return;
    }
    const isLow = left < (this.#isLow ? least * MARGIN : least);
    if (isLow === this.#isLow) return;
    this.#isLow = isLow;
    if (isLow)
      logEvent(log, 'diskLow', { folder }, `the disk is nearly full: ${Math.floor(left / MIB)} MiB left at ${folder}`);
    else logEvent(log, 'diskRoom', { folder });
  }
}
