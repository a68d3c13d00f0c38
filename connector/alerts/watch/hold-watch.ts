import { logEvent } from '../../log/event.ts';
import type { Log } from '../../log/log.ts';

/** Why an app's changes wait. */
export interface OpenHold {
  readonly id: number;
  readonly app: string;
  readonly text: string;
}

export interface HoldWatchOptions {
  readonly log: Log;
  /** @throws Error when nobody can tell */
  readonly holds: () => readonly OpenHold[];
}

/** Tells when an app is held, by whichever process, and when it is no more. */
export class HoldWatch {
  readonly #options: HoldWatchOptions;
  /** By app. */
  #told = new Map<string, number>();

  constructor(options: HoldWatchOptions) {
    this.#options = options;
  }

  /** To be called now and then, and when something is known to have changed. */
  look(): void {
    const { log, holds } = this.#options;
    let open: readonly OpenHold[];
    try {
      open = holds();
    } catch {
      return;
    }
    const now = new Map(open.map(({ app, id }) => [app, id]));
    for (const app of this.#told.keys()) if (!now.has(app)) logEvent(log, 'changesFlow', { app });
    for (const { app, id, text } of open)
      if (this.#told.get(app) !== id)
        logEvent(log, 'changesHeld', { app, hold: id }, `the changes of the app are held (hold ${id}): ${text}`);
    this.#told = now;
  }
}
