/** When each credential was last accepted. Kept apart from the credentials, which a running server never writes. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Notices } from '../../log/notices.ts';
import { readIfPresent, writePrivate } from '../../state/private-file.ts';
import type { UseRecord } from './credential-source.ts';

/** Unit: ms. */
const FLUSH_EVERY = 60_000;

const lastUseFile = (stateDir: string): string => join(stateDir, 'last-use.json');

/** Credential name → ISO 8601, UTC. A file that cannot be read counts as empty: this is a hint, not a record. */
export function readLastUse(stateDir: string): ReadonlyMap<string, string> {
  try {
    const content: unknown = JSON.parse(readIfPresent(lastUseFile(stateDir)) ?? '{}');
    return new Map(Object.entries(content as object).filter(([, at]) => typeof at === 'string'));
  } catch {
    return new Map();
  }
}

export class LastUse implements UseRecord {
  readonly #stateDir: string;
  readonly #log: Notices;
  readonly #used = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  /** Said once, not every minute. */
  #failure = '';

  constructor(stateDir: string, log: Notices) {
    this.#stateDir = stateDir;
    this.#log = log;
  }

  touch(name: string, at: number): void {
    this.#used.set(name, at);
    this.#timer ??= setTimeout(() => this.flush(), FLUSH_EVERY).unref();
  }

  /** Two servers may share the folder: the later time wins. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#used.size === 0) return;
    const merged = new Map(readLastUse(this.#stateDir));
    for (const [name, at] of this.#used) {
      const iso = new Date(at).toISOString();
      if (iso > (merged.get(name) ?? '')) merged.set(name, iso);
    }
    try {
      // Writing would make it anew: an empty one looks like an installation without people and certificates.
      if (!existsSync(this.#stateDir))
        throw new Error(`the folder ${this.#stateDir} is gone; bring it back and restart`);
      writePrivate(lastUseFile(this.#stateDir), `${JSON.stringify(Object.fromEntries(merged), null, 2)}\n`);
      this.#used.clear();
      this.#failure = '';
    } catch (cause) {
      const failure = (cause as Error).message;
      if (failure !== this.#failure) this.#log.warn(`the last use of credentials cannot be written: ${failure}`);
      this.#failure = failure;
    }
  }
}
