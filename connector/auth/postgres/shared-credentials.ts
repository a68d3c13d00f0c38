import { setTimeout as pause } from 'node:timers/promises';
import type { Alarms } from '../../log/notices.ts';
import type { Database } from '../../postgres/database.ts';
import type { Credential } from '../credentials/credential.ts';
import type { CredentialSource } from '../credentials/credential-source.ts';
import { type CredentialList, readCredentials, readVersion } from './credential-table.ts';

/** A revoked credential ends within a second on every connector. Unit: ms. */
const LOOK_EVERY = 500;
/** Between looks that unknown credentials ask for, however many come. Unit: ms. */
const ASK_EVERY = 100;
/** After that the database counts as away, and nobody waits for it any more. Unit: ms. */
const PATIENCE = 1000;

export interface SharedCredentialsOptions {
  readonly database: Database;
  readonly log: Alarms;
  /** Unit: ms. */
  readonly lookEvery?: number;
}

/** The credentials that several connectors share: those that were in force when the database was asked last. */
export class SharedCredentials implements CredentialSource {
  readonly #database: Database;
  readonly #log: Alarms;
  readonly #timer: NodeJS.Timeout;
  #list: CredentialList;
  /** Of the database before ours. Unit: ms. */
  #ahead = 0;
  /** Said once, not at every look. */
  #failure = '';
  #looking: Promise<void> | undefined;
  /** A look that has not begun, so that it finds whatever is there by now. */
  #next: Promise<void> | undefined;
  #asked = Number.NEGATIVE_INFINITY;

  private constructor({ database, log, lookEvery = LOOK_EVERY }: SharedCredentialsOptions, list: CredentialList) {
    this.#database = database;
    this.#log = log;
    this.#list = list;
    this.#ahead = list.now - Date.now();
    this.#timer = setInterval(() => this.readAgain(), lookEvery).unref();
  }

  /** @throws unavailable */
  static async open(options: SharedCredentialsOptions): Promise<SharedCredentials> {
    const { database } = options;
    const list = await database.transaction({ signal: AbortSignal.timeout(10_000) }, readCredentials);
    return new SharedCredentials(options, list);
  }

  current(): readonly Credential[] {
    return this.#list.credentials;
  }

  /** By the clock of the database. Unit: ms since 1970. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  readAgain(): void {
    void this.#look();
  }

  learn(): Promise<void> {
    // What is known is good as long as nothing else can be known.
    if (this.#failure !== '') return Promise.resolve();
    this.#next ??= this.#lookAfterwards();
    return this.#next;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #lookAfterwards(): Promise<void> {
    for (;;) {
      await this.#looking;
      const wait = this.#asked + ASK_EVERY - performance.now();
      if (wait > 0) await pause(wait, undefined, { ref: false });
      else if (!this.#looking) break;
    }
    this.#next = undefined;
    this.#asked = performance.now();
    return this.#look();
  }

  /** One at a time. */
  #look(): Promise<void> {
    this.#looking ??= this.#ask().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #ask(): Promise<void> {
    const before = this.#list;
    try {
      const caller = { signal: AbortSignal.timeout(PATIENCE) };
      const [version, now] = await readVersion(this.#database, caller);
      this.#ahead = now - Date.now();
      if (version !== before.version || this.#failure !== '') {
        this.#list = await this.#database.transaction(caller, readCredentials);
        this.#log.info(`credentials read again: ${this.#list.credentials.length} in use`);
      }
      this.#failure = '';
    } catch (cause) {
      const failure = (cause as Error).message;
      if (this.#failure === '') this.#log.error(`keeping the credentials in use, also those revoked since: ${failure}`);
      this.#failure = failure;
    }
  }
}
