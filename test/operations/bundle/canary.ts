import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';

/** Base64 of whatever the text stands behind: the first and last characters depend on its neighbours. */
const inBase64 = (text: string): readonly string[] =>
  ['', 'x', 'xx'].map((before) => {
    const encoded = Buffer.from(`${before}${text}`).toString('base64').replace(/=+$/, '');
    return encoded.slice(before === '' ? 0 : 4, -2);
  });

/** How a text may be written. Bytes. */
const spellings = (text: string): readonly Buffer[] => {
  const hex = Buffer.from(text).toString('hex');
  const base64 = inBase64(text).filter((encoded) => encoded.length > 5);
  return [
    ...[text, text.toLowerCase(), text.toUpperCase(), encodeURIComponent(text), JSON.stringify(text).slice(1, -1)],
    ...[hex, hex.toUpperCase(), ...base64, ...base64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_'))],
  ]
    .map((one) => Buffer.from(one))
    .concat(Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16());
};

/** Everything that is in an archive, names of files too. */
export const unpacked = (archive: Buffer): Buffer => gunzipSync(archive);

/** Fails where one of the texts stands in the archive in whatever way. */
export function expectNone(archive: Buffer, texts: readonly string[]): void {
  const content = unpacked(archive);
  for (const text of texts)
    for (const bytes of spellings(text)) {
      const at = content.indexOf(bytes);
      expect(at < 0 ? '' : content.subarray(Math.max(0, at - 80), at + 80).toString(), text).to.equal('');
    }
}
