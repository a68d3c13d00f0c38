import type { TokenParts } from '../auth/method.ts';
import { AssertionFile } from '../auth/oauth/assertion-file.ts';
import { UsedAssertions } from '../auth/oauth/used-assertions.ts';
import type { Config } from '../config/config.ts';
import type { Notices } from '../log/notices.ts';
import { sharedKey } from './shared-key.ts';

/** What is kept for apps that give out tokens themselves; a configuration that is read again forgets nothing of it. */
export class TokenKeeping {
  readonly #log: Notices;
  #file: AssertionFile | undefined;
  readonly #used = new Map<string, UsedAssertions>();

  constructor(log: Notices) {
    this.#log = log;
  }

  /** Of each app by its name, under one configuration. */
  under(config: Pick<Config, 'state_dir' | 'server'>): (app: string) => TokenParts {
    this.#file ??= new AssertionFile(config.state_dir, this.#log);
    const file = this.#file;
    let key: Buffer | undefined;
    return (app) => ({
      key: () => {
        key ??= sharedKey(config, 'access tokens', 'access tokens', this.#log);
        return key;
      },
      used: this.#usedBy(app, file),
    });
  }

  #usedBy(app: string, file: AssertionFile): UsedAssertions {
    const used = this.#used.get(app) ?? new UsedAssertions(file.of(app));
    this.#used.set(app, used);
    return used;
  }
}
