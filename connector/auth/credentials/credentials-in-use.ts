import type { Notices } from '../../log/notices.ts';
import type { Credential } from './credential.ts';
import { credentialFile, readCredentials, versionOf } from './credential-file.ts';

export interface InUseOptions {
  readonly stateDir: string;
  readonly log: Notices;
  /** How long an added or revoked credential may go unnoticed. Unit: ms. */
  readonly lookEvery: number;
  /** They have been read again. */
  readonly onChange: (credentials: readonly Credential[]) => void;
}

/** The credentials in force: those of the file, read again when it has changed, or the last that could be read. */
export class CredentialsInUse {
  readonly #options: InUseOptions;
  readonly #file: string;
  #credentials: readonly Credential[];
  #version: string;
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
    const { lookEvery, log, onChange } = this.#options;
    if (performance.now() - this.#looked < lookEvery) return this.#credentials;
    this.#looked = performance.now();
    try {
      const version = versionOf(this.#file);
      if (version === this.#version) return this.#credentials;
      this.#version = version;
      this.#credentials = readCredentials(this.#file);
      onChange(this.#credentials);
      log.info(`credentials read again: ${this.#credentials.length} in use`);
    } catch (cause) {
      log.warn(`keeping the credentials in use: ${(cause as Error).message}`);
    }
    return this.#credentials;
  }
}
