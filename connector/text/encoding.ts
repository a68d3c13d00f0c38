import { TextError } from './text-error.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * Of text that begins with these bytes: by its byte order mark, else by the zero bytes of two that come first, as Windows'
 * own programs write UTF-16. @param source  what errors call it @throws TextError UTF-32
 */
export function encodingOf(start: Uint8Array, source: string): Encoding {
  const [a, b, c, d] = start;
  const wide = (a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff);
  if (wide) throw new TextError(`${source}: is UTF-32 text; save the file as UTF-8`);
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a !== undefined && b !== undefined && a !== b) {
    if (b === 0) return 'utf-16le';
    if (a === 0) return 'utf-16be';
  }
  return 'utf-8';
}
