/** Secrets the connector itself needs, such as a directory's bind password: `<stateDir>/secrets.json`. */
import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { exclusively } from '../state/exclusive.ts';
import { readIfPresent, writePrivate } from '../state/private-file.ts';
import { CredentialError } from './credential-error.ts';
import { checkName } from './credential-name.ts';
import { seal, unseal } from './sealed.ts';
import { SecretKey } from './secret-key.ts';

interface Entry {
  /** Sealed under its name. */
  readonly value: string;
  /** ISO 8601, UTC. */
  readonly changed: string;
}

/** A key of 32 bytes for one purpose, always the same. */
export const derivedFrom = (secret: Buffer | string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `scim-connector ${purpose}`, 32));

export class SecretStore {
  readonly #file: string;
  readonly #key: SecretKey;

  /**
   * `env` may name systemd's folder of credentials; a `secret.key` there goes before the one in `stateDir`. So does
   * `givenKey`, the content of such a file.
   */
  constructor(stateDir: string, env: NodeJS.ProcessEnv = process.env, givenKey?: string) {
    this.#file = join(stateDir, 'secrets.json');
    this.#key = new SecretKey(stateDir, env, givenKey);
  }

  /** Undefined when no secret has that name. @throws CredentialError it cannot be read or decrypted */
  get(name: string): string | undefined {
    const entry = this.#read()[name];
    if (entry === undefined) return undefined;
    const key = this.#key.read();
    if (key === undefined)
      throw new CredentialError(`${this.#key.file} is missing: restore it, or set the secrets again`);
    try {
      return unseal(key, name, entry.value);
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
      const sealed = seal(this.#key.read() ?? this.#key.make(), name, value);
      const entry: Entry = { value: sealed, changed: new Date().toISOString() };
      const next = { version: 1, secrets: { ...secrets, [name]: entry } };
      writePrivate(this.#file, `${JSON.stringify(next, null, 2)}\n`);
    });
  }

  /** A key for another purpose than sealing, always the same as long as the key of the secrets is. @throws CredentialError */
  derivedKey(purpose: string): Buffer {
    return derivedFrom(this.#key.read() ?? this.#key.make(), purpose);
  }

  list(): { readonly name: string; readonly changed: string }[] {
    return Object.entries(this.#read()).map(([name, { changed }]) => ({ name, changed }));
  }

  #read(): Readonly<Record<string, Entry>> {
    try {
      const content = JSON.parse(readIfPresent(this.#file) ?? '{"secrets":{}}') as { secrets: Record<string, Entry> };
      return Object.assign(Object.create(null), content.secrets);
    } catch (cause) {
      throw new CredentialError(`${this.#file} cannot be read: restore it, or remove it and set the secrets again`, {
        cause,
      });
    }
  }
}
