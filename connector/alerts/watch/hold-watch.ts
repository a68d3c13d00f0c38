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
  readonly holds: () => readonly OpenHold[] | Promise<readonly OpenHold[]>;
}

/** Tells when an app is held, by whichever process, and when it is no more. */
export class HoldWatch {
  readonly #options: HoldWatchOptions;
  /** By app. */
  #told = new Map<string, number>();
  #looking: Promise<void> | undefined;
  #isAsked = false;

  constructor(options: HoldWatchOptions) {
    this.#options = options;
  }

  /** To be called now and then, and when something is known to have changed. */
  look(): Promise<void> {
    this.#isAsked = true;
    this.#looking ??= this.#lookUntilNobodyAsks();
    return this.#looking;
  }

  /** What changes while it is looked is seen by the next look: one at a time tells each thing once. */
  async #lookUntilNobodyAsks(): Promise<void> {
    while (this.#isAsked) {
      this.#isAsked = false;
      await this.#look();
    }
    this.#looking = undefined;
  }

  async #look(): Promise<void> {
    const { log, holds } = this.#options;
    let open: readonly OpenHold[];
    try {
      open = await holds();
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
