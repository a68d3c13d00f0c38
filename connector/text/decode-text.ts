/** The one way from bytes that a person or another program has written to text. */
import { encodingOf } from './encoding.ts';
import { TextError } from './text-error.ts';

/** One that no text has a use for. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u;
/** Old programs end a file with it. */
const CTRL_Z = '\x1a';
/** What decoders put where bytes are no text. */
const NO_TEXT = '\ufffd';

const lineOf = (text: string, index: number): number => text.slice(0, index).split(/\r\n|\r|\n/).length;

/** `U+0007` */
export const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Also tabs and line ends. */
export const hasControl = (text: string): boolean => /\p{Cc}/u.test(text);

function refuseControl(text: string, source: string): void {
  const [character] = CONTROL.exec(text) ?? [];
  if (character === undefined) return;
  const line = lineOf(text, text.indexOf(character));
  throw new TextError(`${source}:${line}: holds the control character ${codePoint(character)}; remove it`);
}

/**
 * Takes UTF-8 and UTF-16 with or without a byte order mark, and the line ends of every system; a line ends with `\n` in
 * what is returned. The Ctrl-Z that old programs end a file with is left out.
 * @param source  a file's name, or what else errors shall call it
 * @throws TextError  other bytes, or control characters, naming the line
 */
export function decodeText(bytes: Uint8Array, source: string): string {
  const text = new TextDecoder(encodingOf(bytes, source)).decode(bytes);
  const damaged = text.indexOf(NO_TEXT);
  if (damaged >= 0) throw new TextError(`${source}:${lineOf(text, damaged)}: not UTF-8 text; save the file as UTF-8`);
  const clean = text.endsWith(CTRL_Z) ? text.slice(0, -1) : text;
  refuseControl(clean, source);
  return clean.replaceAll(/\r\n?/g, '\n');
}

/**
 * A secret or another value of one line, without the line end that editors and pipes add.
 * @throws TextError  more lines, or control characters
 */
export function oneLine(text: string, source: string): string {
  const line = text.replace(/^\ufeff/, '').replace(/(\r\n|\r|\n)$/, '');
  if (/[\r\n]/.test(line)) throw new TextError(`${source}: holds more than one line; it must be one`);
  const [character] = CONTROL.exec(line) ?? [];
  if (character === undefined) return line;
  throw new TextError(`${source}: holds the control character ${codePoint(character)}; remove it`);
}
