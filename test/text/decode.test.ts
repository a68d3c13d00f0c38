import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { decodeStream } from '../../connector/text/decode-stream.ts';
import { decodeText, oneLine } from '../../connector/text/decode-text.ts';
import { TextError } from '../../connector/text/text-error.ts';

const TEXT = 'a = "Zoë 你 🙂"\n';

const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const ENCODED: Readonly<Record<string, Buffer>> = {
  'UTF-8': Buffer.from(TEXT),
  'UTF-8 with a mark': Buffer.from(`\ufeff${TEXT}`),
  'UTF-16 LE with a mark': Buffer.from(`\ufeff${TEXT}`, 'utf16le'),
  'UTF-16 LE': Buffer.from(TEXT, 'utf16le'),
  'UTF-16 BE with a mark': bigEndian(`\ufeff${TEXT}`),
  'UTF-16 BE': bigEndian(TEXT),
};

describe('text from bytes', () => {
  for (const [name, bytes] of Object.entries(ENCODED)) {
    it(`is read from ${name}, whole and in pieces`, async () => {
      expect(decodeText(bytes, 'f')).to.equal(TEXT);
      const pieces = [...bytes].map((byte) => Buffer.of(byte));
      expect(await text(Readable.from(decodeStream(Readable.from(pieces), 'f')))).to.equal(TEXT);
    });
  }

  it('may be empty, or shorter than what tells the encoding', async () => {
    for (const short of ['', 'a', 'ab', 'abc']) {
      expect(decodeText(Buffer.from(short), 'f')).to.equal(short);
      expect(await text(Readable.from(decodeStream(Readable.from([Buffer.from(short)]), 'f')))).to.equal(short);
    }
  });

  it('has one kind of line end, and no Ctrl-Z at its end', () => {
    expect(decodeText(Buffer.from('a\r\nb\rc\nd\x1a'), 'f')).to.equal('a\nb\nc\nd');
  });

  it('is refused by file and line, without a word of it', () => {
    const refusals: readonly (readonly [Buffer, string])[] = [
      [Buffer.from('a\nb\x00'), 'f:2: holds the control character U+0000; remove it'],
      [Buffer.from('a\r\r\n\x07'), 'f:3: holds the control character U+0007; remove it'],
      [Buffer.from('ok\nZo\xeb', 'latin1'), 'f:2: not UTF-8 text; save the file as UTF-8'],
      [Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 'f: is UTF-32 text; save the file as UTF-8'],
    ];
    for (const [bytes, message] of refusals) expect(() => decodeText(bytes, 'f')).to.throw(TextError, message);
  });
});

describe('a value of one line', () => {
  it('loses the line end that came with it, and nothing else', () => {
    for (const given of ['x y ', 'x y \n', 'x y \r\n', 'x y \r', '\ufeffx y \n'])
      expect(oneLine(given, 's')).to.equal('x y ');
  });

  it('is one line, without control characters', () => {
    expect(() => oneLine('a\nb', 's')).to.throw(TextError, 's: holds more than one line; it must be one');
    expect(() => oneLine('a\x07', 's')).to.throw(TextError, 's: holds the control character U+0007; remove it');
  });
});
