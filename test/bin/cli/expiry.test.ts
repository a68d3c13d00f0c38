import { expect } from 'chai';
import { parseExpiry } from '../../../bin/cli/expiry.ts';

const NOW = Date.UTC(2026, 10, 25, 12);
const moment = (text: string): string => parseExpiry(text, NOW, '--expires').toISOString();

describe('an expiry', () => {
  for (const [text, at] of [
    ['12h', '2026-11-26T00:00:00.000Z'],
    ['90d', '2027-02-23T12:00:00.000Z'],
    ['2w', '2026-12-09T12:00:00.000Z'],
    ['1y', '2027-11-25T12:00:00.000Z'],
    ['100y', '2126-11-01T12:00:00.000Z'],
    ['2027-01-31', '2027-01-31T00:00:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
    ['2027-01-31T18:30:00+02:00', '2027-01-31T16:30:00.000Z'],
  ] as const)
    it(`${text} ends ${at}`, () => {
      expect(moment(text)).to.equal(at);
    });

  for (const text of ['', '90', 'd', '-1d', '1.5d', '90 d', '3m', '99999d', '2027-02-31', '2027-13-01', '31.1.2027'])
    it(`"${text}" is none`, () => {
      expect(() => moment(text)).to.throw('--expires takes a span such as 12h, 90d, 1y, or a date such as 2027-01-31');
    });

  it('does not begin with its end', () => {
    expect(() => moment('0d')).to.throw('--expires 0d is not in the future');
    expect(() => moment('2026-11-25')).to.throw('--expires 2026-11-25 is not in the future');
  });

  it('is at most a hundred years', () => {
    for (const text of ['101y', '9999y', '9999-12-31'])
      expect(() => moment(text)).to.throw(`${text} is more than 100 years away; leave --expires out for no end`);
  });
});
