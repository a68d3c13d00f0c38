import type { TokenParts } from '../auth/method.ts';
import { UsedAssertions } from '../auth/oauth/used-assertions.ts';
import type { Config } from '../config/config.ts';
import type { Notices } from '../log/notices.ts';
import { sharedKey } from './shared-key.ts';

/** What is kept for apps that give out tokens themselves; a configuration that is read again forgets nothing of it. */
export class TokenKeeping {
  readonly #log: Notices;
  readonly #used = new Map<string, UsedAssertions>();

  constructor(log: Notices) {
    this.#log = log;
  }

  /** Of each app by its name, under one configuration. */
  under(config: Pick<Config, 'state_dir' | 'server'>): (app: string) => TokenParts {
    let key: Buffer | undefined;
    return (app) => ({
      key: () => {
        key ??= sharedKey(config, 'access tokens', 'access tokens', this.#log);
        return key;
      },
      used: this.#usedBy(app),
    });
  }

  #usedBy(app: string): UsedAssertions {
    const used = this.#used.get(app) ?? new UsedAssertions();
    this.#used.set(app, used);
    return used;
  }
}
