import { expect } from 'chai';
import { missingText } from '../../../../bin/terminal/record/trace-text.ts';

describe('why there is nothing about somebody', () => {
  const begins = '2026-11-01T10:00:00.000Z';

  for (const [values, hint] of [
    ['clear', /no record\.$/],
    ['hashed', /only the whole name or address finds them\.$/],
    ['none', /only an id finds records\.$/],
  ] as const)
    it(`is told where values are kept ${values}`, () => {
      expect(missingText('ana', { near: [], otherApps: [], begins }, values)).to.match(hint);
    });

  it('names other apps, an earlier time and what is spelled alike, in characters that show', () => {
    const none = { near: [], otherApps: [] };
    expect(missingText('ana', { ...none, otherApps: ['hr'], begins })).to.contain('there is something in hr');
    expect(missingText('ana', { ...none, before: begins, begins })).to.match(/leave --since out$/);
    expect(missingText('a\u001b[2J', { ...none, near: ['b\u202ec'], begins })).to.contain(
      '"a\\u001b[2J" in the journal; did you mean "b\\u202ec"?',
    );
    expect(missingText('ana', none)).to.equal('nothing about "ana": the journal is empty');
  });
});
