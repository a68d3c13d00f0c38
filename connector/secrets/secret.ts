import { inspect } from 'node:util';

/**
 * A password or token. However it is printed, logged or turned to JSON it reads `[secret]`; only `reveal()` gives it
 * up, so searching the sources for `reveal(` is the audit.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
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
