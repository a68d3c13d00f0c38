import { ScimError } from '../../../scim/error.ts';
import type { JsonLimits } from './limits.ts';

/** Told of the structure, with the offset of each byte from the beginning of the body. */
export interface Structure {
  open(list: boolean, at: number): void;
  close(at: number): void;
  comma(at: number): void;
  /** The key of the innermost object, with its quotes: from `at` to before `end`. */
  key(at: number, end: number): void;
  /** Where in the body it is, for an error text: ` in "emails"`. @param above  of the innermost object, its own name */
  where(above: boolean): string;
}

const VALUE = 0;
const VALUE_OR_END = 1;
const KEY = 2;
const KEY_OR_END = 3;
const COLON = 4;
const NEXT = 5;
const TEXT = 6;
const KEY_TEXT = 7;
const SCALAR = 8;

export const isBlank = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;
/** None of them can stand in UTF-8. */
const isForeign = (byte: number): boolean => byte === 0 || byte === 0xc0 || byte === 0xc1 || byte >= 0xf5;

export const notJson = (): ScimError =>
  new ScimError('invalidSyntax', 'the body is not valid JSON', { fault: 'body-unreadable' });
export const damaged = (): ScimError =>
  new ScimError('invalidSyntax', 'the body is not UTF-8 text, or holds the replacement character U+FFFD', {
    fault: 'body-unreadable',
  });

/**
 * Reads JSON byte by byte as it arrives (RFC 8259) and refuses what is too much of anything before it is kept. What
 * stands inside texts and numbers is left to the parser.
 */
export class JsonScanner {
  readonly #limits: JsonLimits;
  readonly #structure: Structure;
  /** Of each open list or object. */
  readonly #lists: boolean[] = [];
  readonly #sizes: number[] = [];
  #state = VALUE;
  #escaped = false;
  #offset = 0;
  #tokenAt = 0;
  #values = 0;

  constructor(limits: JsonLimits, structure: Structure) {
    this.#limits = limits;
    this.#structure = structure;
  }

  /** @throws invalidSyntax, tooLarge */
  push(bytes: Uint8Array): void {
    const base = this.#offset;
    for (let i = 0; i < bytes.length; i += 1) {
      const byte = bytes[i] as number;
      if (this.#state === TEXT || this.#state === KEY_TEXT) i = this.#text(bytes, i, base);
      else if (this.#state === SCALAR && !isBlank(byte) && byte !== 0x2c && byte !== 0x5d && byte !== 0x7d) continue;
      else this.#structural(byte, base + i);
    }
    this.#offset = base + bytes.length;
    if (this.#state >= TEXT) this.#measure(this.#offset);
  }

  /** @throws invalidSyntax */
  end(): void {
    if (this.#state !== NEXT && this.#state !== SCALAR) throw notJson();
    if (this.#lists.length > 0) throw notJson();
  }

  /** To the end of the text, or of the bytes. Returns the index of the last byte that is used up. */
  #text(bytes: Uint8Array, from: number, base: number): number {
    for (let i = from; i < bytes.length; i += 1) {
      const byte = bytes[i];
      if (this.#escaped) this.#escaped = false;
      else if (byte === 0x5c) this.#escaped = true;
      else if (byte === 0x22) {
        this.#measure(base + i);
        if (this.#state === KEY_TEXT) this.#structure.key(this.#tokenAt, base + i + 1);
        this.#state = this.#state === KEY_TEXT ? COLON : NEXT;
        return i;
      }
    }
    return bytes.length;
  }

  #structural(byte: number, at: number): void {
    if (this.#state === SCALAR) {
      this.#measure(at);
      this.#state = NEXT;
    }
    if (isBlank(byte)) return;
    if (byte === 0x2c && this.#state === NEXT && this.#lists.length > 0) {
      this.#structure.comma(at);
      this.#state = this.#lists.at(-1) ? VALUE : KEY;
    } else if (byte === 0x7d || byte === 0x5d) this.#close(byte === 0x5d, at);
    else if (byte === 0x3a && this.#state === COLON) this.#state = VALUE;
    else if (byte === 0x22 && (this.#state === KEY || this.#state === KEY_OR_END)) {
      this.#grow('keys', 'an object');
      this.#tokenAt = at;
      this.#state = KEY_TEXT;
    } else if (this.#state === VALUE || this.#state === VALUE_OR_END) this.#value(byte, at);
    else throw isForeign(byte) ? damaged() : notJson();
  }

  #value(byte: number, at: number): void {
    this.#values += 1;
    if (this.#values > this.#limits.values) throw tooMuch(`more than ${this.#limits.values} values`, '');
    if (this.#lists.at(-1)) this.#grow('elements', 'a list');
    this.#tokenAt = at;
    if (byte === 0x7b || byte === 0x5b) {
      const list = byte === 0x5b;
      if (this.#lists.length === this.#limits.depth)
        throw new ScimError('invalidSyntax', `the body nests deeper than ${this.#limits.depth} levels`, {
          fault: 'body-unreadable',
        });
      this.#structure.open(list, at);
      this.#lists.push(list);
      this.#sizes.push(0);
      this.#state = list ? VALUE_OR_END : KEY_OR_END;
    } else if (byte === 0x22) this.#state = TEXT;
    else if (byte > 0x20 && byte < 0x7f) this.#state = SCALAR;
    else throw isForeign(byte) ? damaged() : notJson();
  }

  #close(list: boolean, at: number): void {
    const ended = this.#state === NEXT || this.#state === (list ? VALUE_OR_END : KEY_OR_END);
    if (!ended || this.#lists.pop() !== list) throw notJson();
    this.#sizes.pop();
    this.#structure.close(at);
    this.#state = NEXT;
  }

  #grow(limit: 'keys' | 'elements', what: string): void {
    const last = this.#sizes.length - 1;
    const size = (this.#sizes[last] ?? 0) + 1;
    this.#sizes[last] = size;
    if (size > this.#limits[limit])
      throw tooMuch(`${what} with more than ${this.#limits[limit]} ${limit}`, this.#structure.where(limit === 'keys'));
  }

  #measure(end: number): void {
    if (end - this.#tokenAt > this.#limits.text)
      throw tooMuch(`a text of more than ${this.#limits.text} bytes`, this.#structure.where(false));
  }
}

const tooMuch = (what: string, where: string): ScimError =>
  new ScimError('tooLarge', `the body has ${what}${where}`, { fault: 'body-too-large' });
