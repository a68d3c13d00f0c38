import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readIfPresent, writePrivate } from '../state/private-file.ts';
import { CredentialError } from './credential-error.ts';

/** Unit: bytes. */
const LENGTH = 32;

/**
 * The key that secrets are sealed with: `secret.key` in systemd's folder of credentials, or the content of such a file
 * that was handed over, or else `<stateDir>/secret.key`.
 */
export class SecretKey {
  readonly file: string;
  readonly #credentialFile: string | undefined;
  readonly #handedOver: string | undefined;

  constructor(stateDir: string, env: NodeJS.ProcessEnv, handedOver: string | undefined) {
    const folder = env['CREDENTIALS_DIRECTORY'];
    this.file = join(stateDir, 'secret.key');
    this.#handedOver = handedOver;
    this.#credentialFile = folder === undefined || folder === '' ? undefined : join(folder, 'secret.key');
  }

  /** Undefined when there is none yet. @throws CredentialError it is none */
  read(): Buffer | undefined {
    const given = this.#credentialFile === undefined ? this.#handedOver : readIfPresent(this.#credentialFile);
    const text = given ?? readIfPresent(this.file);
    if (text === undefined) return undefined;
    const key = Buffer.from(text.trim(), 'base64url');
    const what = given === undefined ? this.file : (this.#credentialFile ?? 'the key that systemd keeps');
    if (key.length !== LENGTH) throw new CredentialError(`${what} must hold ${LENGTH} random bytes in base64`);
    return key;
  }

  make(): Buffer {
    const key = randomBytes(LENGTH);
    writePrivate(this.file, `${key.toString('base64url')}\n`);
    return key;
  }
}
