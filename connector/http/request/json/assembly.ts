import { ScimError, shown } from '../../../scim/error.ts';
import { duplicateKey } from './duplicate-key.ts';
import type { JsonLimits } from './limits.ts';
import { damaged, isBlank, JsonScanner, notJson, type Structure } from './scanner.ts';

/** A list or an object that has been opened and not closed. */
interface Open {
  readonly list: boolean;
  /** Where what has not been parsed of it begins. */
  from: number;
  keyAt: number;
  keyEnd: number;
  /** What has been parsed of it so far, when it is too large for one slice. */
  built?: unknown[] | Record<string, unknown>;
  /** In `built`, of the child that is still open. */
  childKey?: string;
}

const MARK = Buffer.from('\ufeff');

/** Windows puts a byte order mark before UTF-8 (RFC 8259 §8.1: it may be ignored). */
const withoutMark = (bytes: Buffer): Buffer => (bytes.indexOf(MARK) === 0 ? bytes.subarray(MARK.length) : bytes);

/**
 * A JSON value out of bytes that arrive in chunks. Large ones are parsed slice by slice, at commas, and their bytes
 * let go: nobody waits for longer than a slice takes, and value and bytes are never both there as a whole.
 */
export class JsonAssembly implements Structure {
  readonly #scanner: JsonScanner;
  readonly #slice: number;
  readonly #open: Open[] = [];
  #chunks: Buffer[] = [];
  /** Offset of the first byte of `#chunks`. */
  #base = 0;
  /** Keys since the last slice: those of the texts, and those of the values. */
  #keys = 0;
  #kept = 0;
  #texts: string[] = [];
  #value: unknown;
  #done = false;
  #begun = false;

  constructor(limits: JsonLimits) {
    this.#scanner = new JsonScanner(limits, this);
    this.#slice = limits.slice;
  }

  /** @throws invalidSyntax, tooLarge */
  push(chunk: Buffer): void {
    const bytes = this.#begun ? chunk : withoutMark(chunk);
    this.#begun ||= bytes.some((byte) => !isBlank(byte));
    this.#chunks.push(bytes);
    this.#scanner.push(bytes);
  }

  /** `undefined`: there was nothing but blanks. @throws invalidSyntax */
  end(): unknown {
    if (!this.#begun) return undefined;
    this.#scanner.end();
    if (this.#done) return this.#value;
    const value = this.#parse(Buffer.concat(this.#chunks).toString());
    this.#compare();
    return value;
  }

  open(list: boolean, at: number): void {
    this.#open.push({ list, from: at + 1, keyAt: 0, keyEnd: 0 });
  }

  key(at: number, end: number): void {
    const open = this.#open.at(-1) as Open;
    open.keyAt = at;
    open.keyEnd = end;
    this.#keys += 1;
  }

  comma(at: number): void {
    if (at - this.#base < this.#slice) return;
    const bytes = Buffer.concat(this.#chunks);
    this.#open.forEach((open, depth) => {
      const child = this.#open[depth + 1];
      const end = child ? (open.list ? child.from - 1 : open.keyAt) : at;
      // A child that was begun in an earlier slice has nothing before it in this one.
      if (!child?.built) this.#take(open, this.#text(bytes, open.from, end));
      if (child && !child.built && !open.list) this.#name(open, this.#text(bytes, open.keyAt, open.keyEnd));
    });
    this.#letGo(bytes, at + 1);
    for (const open of this.#open) open.from = at + 1;
  }

  close(at: number): void {
    const closed = this.#open.pop() as Open;
    if (!closed.built) return;
    const bytes = Buffer.concat(this.#chunks);
    this.#take(closed, this.#text(bytes, closed.from, at));
    this.#letGo(bytes, at + 1);
    const parent = this.#open.at(-1);
    if (!parent) {
      this.#value = closed.built;
      this.#done = true;
    } else {
      if (Array.isArray(parent.built)) parent.built.push(closed.built);
      else if (parent.built) parent.built[parent.childKey ?? ''] = closed.built;
      parent.from = at + 1;
    }
  }

  where(above: boolean): string {
    for (const open of this.#open.toReversed().slice(above ? 1 : 0)) {
      if (open.list || open.keyEnd === 0) continue;
      if (open.keyAt < this.#base) return ` in ${shown(open.childKey ?? '')}`;
      const key = this.#text(Buffer.concat(this.#chunks), open.keyAt, open.keyEnd);
      return ` in ${shown(key.slice(1, -1))}`;
    }
    return '';
  }

  #text(bytes: Buffer, from: number, end: number): string {
    return bytes.toString('utf8', from - this.#base, end - this.#base);
  }

  #letGo(bytes: Buffer, until: number): void {
    this.#chunks = [bytes.subarray(until - this.#base)];
    this.#base = until;
    this.#compare();
  }

  /** Where a parsed value has fewer keys than its text, one stood there twice; parsers differ in which one they believe. */
  #compare(): void {
    if (this.#kept === this.#keys) {
      this.#texts = [];
      this.#keys = 0;
      this.#kept = 0;
      return;
    }
    for (const text of this.#texts) {
      const key = duplicateKey(text);
      if (key !== undefined) throw twice(key);
    }
  }

  /** Parses more of what is open. The commas at its ends are those of its neighbours. */
  #take(open: Open, text: string): void {
    const trimmed = text.trim();
    const content = trimmed.slice(
      trimmed.startsWith(',') ? 1 : 0,
      trimmed.endsWith(',') && trimmed.length > 1 ? -1 : undefined,
    );
    open.built ??= open.list ? [] : {};
    if (Array.isArray(open.built)) {
      for (const element of this.#parse(`[${content}]`) as unknown[]) open.built.push(element);
      return;
    }
    for (const [key, value] of Object.entries(this.#parse(`{${content}}`) as object)) this.#add(open.built, key, value);
  }

  /** The key of a child that is not complete yet. */
  #name(open: Open, quoted: string): void {
    const [key] = Object.keys(this.#parse(`{${quoted}:0}`) as object) as [string];
    open.childKey = key;
    this.#add(open.built as Record<string, unknown>, key, undefined);
  }

  #add(built: Record<string, unknown>, key: string, value: unknown): void {
    if (Object.hasOwn(built, key)) throw twice(key);
    built[key] = value;
  }

  #parse(text: string): unknown {
    if (text.includes('\ufffd')) throw damaged();
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      // V8's text quotes the body; it may hold a password.
      throw text.includes('\0') ? damaged() : notJson();
    }
    this.#texts.push(text);
    this.#kept += keysIn(value);
    return value;
  }
}

/** @throws invalidSyntax for a key that would be more than a key in the hands of others */
function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const element of value) keys += keysIn(element);
    return keys;
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__') throw prototype();
    keys += 1 + keysIn((value as Record<string, unknown>)[key]);
  }
  return keys;
}

const prototype = (): ScimError =>
  new ScimError('invalidSyntax', 'the body has the key "__proto__"; leave it out', { fault: 'body-unreadable' });
const twice = (key: string): ScimError =>
  new ScimError('invalidSyntax', `the body has the key ${shown(key)} twice in one object`, {
    fault: 'body-unreadable',
  });
