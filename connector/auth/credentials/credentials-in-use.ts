import type { Alarms } from '../../log/notices.ts';
import type { Credential } from './credential.ts';
import { credentialFile, readCredentials, versionOf } from './credential-file.ts';
import type { CredentialSource } from './credential-source.ts';

export interface InUseOptions {
  readonly stateDir: string;
  readonly log: Alarms;
  /** How long an added or revoked credential may go unnoticed. Unit: ms. */
  readonly lookEvery: number;
}

/** The credentials in force: those of the file, read again when it has changed, or the last that could be read. */
export class CredentialsInUse implements CredentialSource {
  readonly #options: InUseOptions;
  readonly #file: string;
  #credentials: readonly Credential[];
  #version: string;
  /** Said once, not at every look. */
  #failure = '';
  #looked: number;

  /** @throws CredentialError the file cannot be read */
  constructor(options: InUseOptions) {
    this.#options = options;
    this.#file = credentialFile(options.stateDir);
    this.#version = versionOf(this.#file);
    this.#credentials = readCredentials(this.#file);
    this.#looked = performance.now();
  }

  current(): readonly Credential[] {
    if (performance.now() - this.#looked < this.#options.lookEvery) return this.#credentials;
    this.#look((version) => version !== this.#version);
    return this.#credentials;
  }

  /** Reads the file whether it seems to have changed or not. */
  readAgain(): void {
    this.#look(() => true);
  }

  #look(isNews: (version: string) => boolean): void {
    const { log } = this.#options;
    this.#looked = performance.now();
    try {
      // Of before the reading: what is written meanwhile is news again.
      const version = versionOf(this.#file);
      if (!isNews(version)) return;
      const credentials = readCredentials(this.#file);
      const changed = version !== this.#version || this.#failure !== '';
      this.#credentials = credentials;
      this.#version = version;
      this.#failure = '';
      if (changed) log.info(`credentials read again: ${credentials.length} in use`);
    } catch (cause) {
      const failure = (cause as Error).message;
      if (failure !== this.#failure) log.error(`keeping the credentials in use, also those revoked since: ${failure}`);
      this.#failure = failure;
    }
  }
}
