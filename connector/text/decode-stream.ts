import { TextDecoder } from 'node:util';
import { encodingOf } from './encoding.ts';

/** Bytes that tell the encoding. */
const ENOUGH = 4;

/**
 * Text of any length, a piece at a time, as `decodeText` takes it; line ends stay as they are. Where bytes are no text there
 * is U+FFFD: only who reads the lines can say on which. @throws TextError UTF-32
 */
export async function* decodeStream(input: AsyncIterable<Uint8Array | string>, source: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let held = new Uint8Array();
  for await (const piece of input) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    if (!decoder) {
      held = Buffer.concat([held, bytes]);
      if (held.length < ENOUGH) continue;
      decoder = new TextDecoder(encodingOf(held, source));
      yield decoder.decode(held, { stream: true });
    } else yield decoder.decode(bytes, { stream: true });
  }
  decoder ??= new TextDecoder(encodingOf(held, source));
  yield held.length < ENOUGH ? decoder.decode(held) : decoder.decode();
}
