import { expect } from 'chai';
import { parseMoment } from '../../../bin/cli/moment.ts';

const NOW = new Date(2026, 10, 28, 14, 0, 0).getTime();
const local = (...parts: readonly [number, number, number, number?, number?, number?]): number =>
  new Date(parts[0], parts[1] - 1, parts[2], parts[3] ?? 0, parts[4] ?? 0, parts[5] ?? 0).getTime();
const at = (text: string): number => parseMoment(text, NOW, '--since');

describe('a moment in the past', () => {
  for (const [text, expected] of [
    ['90s', NOW - 90_000],
    ['30m', NOW - 1_800_000],
    ['2h', NOW - 7_200_000],
    ['2 h', NOW - 7_200_000],
    ['7d', NOW - 604_800_000],
    ['1w', NOW - 604_800_000],
    ['13:59', local(2026, 11, 28, 13, 59)],
    ['14:00:01', local(2026, 11, 27, 14, 0, 1)],
    ['2026-11-01', local(2026, 11, 1)],
    ['2026-11-01 09:30', local(2026, 11, 1, 9, 30)],
    ['2026-11-01T09:30:15', local(2026, 11, 1, 9, 30, 15)],
    ['2026-11-01T09:30:15.5Z', Date.UTC(2026, 10, 1, 9, 30, 15, 500)],
    ['2026-11-01T09:30+02:00', Date.UTC(2026, 10, 1, 7, 30)],
  ] as const)
    it(`is meant by ${text}`, () => {
      expect(at(text)).to.equal(expected);
    });

  for (const text of [
    '',
    'yesterday',
    '2y',
    '-2h',
    '2026-02-31',
    '2026-13-01',
    '25:00',
    '12:60',
    '2026-11-01 25:00',
    '1e3h',
  ])
    it(`is not meant by ${JSON.stringify(text)}`, () => {
      expect(() => at(text)).to.throw(/^--since takes a span such as 30m, 2h or 7d, .* not "/);
    });

  it('is not in the future', () => {
    expect(() => at('2026-11-29')).to.throw('--since 2026-11-29 is not in the past');
  });
});
