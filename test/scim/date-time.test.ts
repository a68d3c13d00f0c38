import { expect } from 'chai';
import fc from 'fast-check';
import { formatDateTime, parseDateTime } from '../../connector/scim/date-time.ts';

describe('datetimes', () => {
  it('are read with any zone, in any case, with or without fractions', () => {
    const noon = Date.UTC(2026, 0, 31, 12);
    for (const text of [
      '2026-01-31T12:00:00Z',
      '2026-01-31t12:00:00z',
      '2026-01-31T12:00:00',
      '2026-01-31T14:00:00+02:00',
      '2026-01-31T14:00:00 02:00',
      '2026-01-31T06:30:00-05:30',
      '2026-01-31T12:00:00.000999Z',
      ' 2026-01-31T12:00:00Z ',
    ]) {
      expect(parseDateTime(text), text).to.equal(noon);
    }
    // xsd:dateTime: midnight may belong to the day that ends.
    expect(parseDateTime('2026-01-31T24:00:00Z')).to.equal(Date.UTC(2026, 1, 1));
    expect(parseDateTime('2026-12-31T24:00:00.000+02:00')).to.equal(Date.UTC(2026, 11, 31, 22));
    expect(parseDateTime('2026-01-31T12:00:00.5Z')).to.equal(noon + 500);
    expect(parseDateTime('2024-02-29T00:00:00Z')).to.equal(Date.UTC(2024, 1, 29));
  });

  it('are refused when they are none', () => {
    for (const text of [
      '',
      '2026',
      '2026-01-31',
      '2026-02-30T00:00:00Z',
      '2025-02-29T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-01-31T25:00:00Z',
      '2026-01-31T12:60:00Z',
      '2026-01-31T24:00:01Z',
      '2026-02-30T24:00:00Z',
      '12026-01-31T12:00:00Z',
      '-0044-03-15T00:00:00Z',
      '2026-01-31T12:00:00+14:01',
      '2026-01-31T12:00:00+02:60',
      '31/01/2026',
      'yesterday',
    ]) {
      expect(parseDateTime(text), text).to.equal(undefined);
    }
  });

  it('survive writing and reading', () => {
    const time = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(time, (date) => {
        expect(parseDateTime(formatDateTime(date.getTime()))).to.equal(date.getTime());
      }),
    );
    expect(formatDateTime(0)).to.equal('1970-01-01T00:00:00.000Z');
  });
});
