import { expect } from 'chai';
import fc from 'fast-check';
import { formatDuration, formatSize, parseDuration, parseSize } from '../../../connector/config/vocabulary/quantity.ts';

describe('durations and sizes', () => {
  for (const [text, ms] of [
    ['0s', 0],
    ['500ms', 500],
    ['25s', 25_000],
    ['5m', 300_000],
    ['12h', 43_200_000],
    ['7d', 604_800_000],
  ] as const)
    it(`reads ${text} as ${ms} ms and writes it the same way`, () => {
      expect(parseDuration(text)).to.equal(ms);
      expect(formatDuration(ms)).to.equal(text);
    });

  for (const [text, bytes] of [
    ['512B', 512],
    ['1KiB', 1024],
    ['16MiB', 16_777_216],
    ['2GiB', 2_147_483_648],
  ] as const)
    it(`reads ${text} as ${bytes} bytes and writes it the same way`, () => {
      expect(parseSize(text)).to.equal(bytes);
      expect(formatSize(bytes)).to.equal(text);
    });

  for (const text of ['', '25', 's', '-1s', '1.5s', '25 s', '25S', '1MB', '1e3s'])
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(parseDuration(text)).to.equal(undefined);
      expect(parseSize(text)).to.equal(undefined);
    });

  it('reads back whatever it writes', () => {
    fc.assert(fc.property(fc.nat(), (n) => parseDuration(formatDuration(n)) === n && parseSize(formatSize(n)) === n));
  });
});
