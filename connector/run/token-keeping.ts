import type { TokenParts } from '../auth/method.ts';
import { AssertionFile } from '../auth/oauth/assertion-file.ts';
import { type AssertionLedger, UsedAssertions } from '../auth/oauth/used-assertions.ts';
import type { Config } from '../config/config.ts';
import type { Notices } from '../log/notices.ts';
import type { SharedKeys } from '../shared-state/shared-keys.ts';
import { sharedKey } from './shared-key.ts';

/** What connectors of one database have together. */
export interface SharedTokens {
  readonly keys: SharedKeys;
  readonly assertionsOf: (app: string) => AssertionLedger;
}

/** What is kept for apps that give out tokens themselves; a configuration that is read again forgets nothing of it. */
export class TokenKeeping {
  readonly #log: Notices;
  #file: AssertionFile | undefined;
  readonly #shared: SharedTokens | undefined;
  readonly #used = new Map<string, AssertionLedger>();

  constructor(log: Notices, shared?: SharedTokens) {
    this.#log = log;
    this.#shared = shared;
  }

  /** Of each app by its name, under one configuration. */
  under(config: Pick<Config, 'state_dir' | 'server'>): (app: string) => TokenParts {
    this.#file ??= new AssertionFile(config.state_dir, this.#log);
    const file = this.#file;
    let key: Buffer | undefined;
    return (app) => ({
      key: () => {
        key ??= sharedKey(config, 'access tokens', 'access tokens', this.#log, this.#shared?.keys);
        return key;
      },
      used: this.#usedBy(app, file),
    });
  }

  #usedBy(app: string, file: AssertionFile): AssertionLedger {
    const used = this.#used.get(app) ?? this.#shared?.assertionsOf(app) ?? new UsedAssertions(file.of(app));
    this.#used.set(app, used);
    return used;
  }
}
