/** Secrets the connector itself needs, such as a directory's bind password: `<stateDir>/secrets.json`, AES-256-GCM. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { exclusively } from '../state/exclusive.ts';
import { readIfPresent, writePrivate } from '../state/private-file.ts';
import { CredentialError } from './credential-error.ts';
import { checkName } from './credential-name.ts';

interface Sealed {
  /** base64 of nonce (12 bytes), tag (16) and ciphertext. The name is authenticated with it: entries cannot be swapped. */
  readonly value: string;
  readonly changed: string;
}

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

export class SecretStore {
  readonly #file: string;
  readonly #keyFile: string;
  readonly #givenKeyFile: string | undefined;
  readonly #givenKey: string | undefined;

  /**
   * `env` may name systemd's folder of credentials; a `secret.key` there goes before the one in `stateDir`. So does
   * `givenKey`, the content of such a file.
   */
  constructor(stateDir: string, env: NodeJS.ProcessEnv = process.env, givenKey?: string) {
    const given = env['CREDENTIALS_DIRECTORY'];
    this.#file = join(stateDir, 'secrets.json');
    this.#keyFile = join(stateDir, 'secret.key');
    this.#givenKey = givenKey;
    this.#givenKeyFile = given === undefined || given === '' ? undefined : join(given, 'secret.key');
  }

  /** Undefined when no secret has that name. @throws CredentialError it cannot be read or decrypted */
  get(name: string): string | undefined {
    const sealed = this.#read()[name];
    if (sealed === undefined) return undefined;
    const key = this.#key();
    if (key === undefined)
      throw new CredentialError(`${this.#keyFile} is missing: restore it, or set the secrets again`);
    try {
      const bytes = Buffer.from(sealed.value, 'base64');
      const opener = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE));
      opener.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
      return Buffer.concat([opener.update(bytes.subarray(NONCE + TAG)), opener.final()]).toString('utf8');
    } catch (cause) {
      throw new CredentialError(`the secret "${name}" does not open with this key: run "secret set ${name}" again`, {
        cause,
      });
    }
  }

  /** Adds or replaces; makes the key at first. @throws CredentialError */
  async set(name: string, value: string): Promise<void> {
    checkName('secret', name);
    if (value === '') throw new CredentialError(`the value of "${name}" is empty`);
    await exclusively(this.#file, () => {
      const secrets = this.#read();
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(CIPHER, this.#key() ?? this.#newKey(), nonce).setAAD(Buffer.from(name));
      const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
      const sealed: Sealed = {
        value: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64'),
        changed: new Date().toISOString(),
      };
      const next = { version: 1, secrets: { ...secrets, [name]: sealed } };
      writePrivate(this.#file, `${JSON.stringify(next, null, 2)}\n`);
    });
  }

  list(): { readonly name: string; readonly changed: string }[] {
    return Object.entries(this.#read()).map(([name, { changed }]) => ({ name, changed }));
  }

  #read(): Readonly<Record<string, Sealed>> {
    try {
      const content = JSON.parse(readIfPresent(this.#file) ?? '{"secrets":{}}') as { secrets: Record<string, Sealed> };
      return Object.assign(Object.create(null), content.secrets);
    } catch (cause) {
      throw new CredentialError(`${this.#file} cannot be read: restore it, or remove it and set the secrets again`, {
        cause,
      });
    }
  }

  #key(): Buffer | undefined {
    const given = this.#givenKeyFile === undefined ? this.#givenKey : readIfPresent(this.#givenKeyFile);
    const text = given ?? readIfPresent(this.#keyFile);
    if (text === undefined) return undefined;
    const key = Buffer.from(text.trim(), 'base64url');
    const what = given === undefined ? this.#keyFile : (this.#givenKeyFile ?? 'the key that systemd keeps');
    if (key.length !== 32) throw new CredentialError(`${what} must hold 32 random bytes in base64`);
    return key;
  }

  #newKey(): Buffer {
    const key = randomBytes(32);
    writePrivate(this.#keyFile, `${key.toString('base64url')}\n`);
    return key;
  }
}
