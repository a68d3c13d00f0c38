import { inspect } from 'node:util';

/**
 * A password or token. However it is printed, logged or turned to JSON it reads `[secret]`; only `reveal()` gives it
 * up, so searching the sources for `reveal(` is the audit.
 */
export class Secret {
  readonly #text: string;

  readonly #origin: string | undefined;

  constructor(text: string, origin?: string) {
    this.#text = text;
    this.#origin = origin;
  }

  /** Where it is set, in words: `the environment variable LDAP_PASSWORD`. */
  get origin(): string | undefined {
    return this.#origin;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.toPrimitive](): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
