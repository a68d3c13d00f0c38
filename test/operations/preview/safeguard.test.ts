import { expect } from 'chai';
import { safeguard } from '../../../connector/operations/preview/safeguard.ts';

const last = (users: number) => ({
  last: { time: '2026-11-27T01:02:03.000Z', ref: 'K7Q2-91XM', users, pages: 5, duration: 5000, backendDuration: 1000 },
});

describe('the forecast of the import safeguard', () => {
  for (const [before, total, inactive, state] of [
    [1000, 1000, 0, 'passes'],
    [1000, 801, 0, 'passes'],
    [1000, 800, 0, 'trips'],
    [1000, 0, 0, 'trips'],
    [1000, 2000, 0, 'passes'],
    // Okta counts those who are inactive, and who of them was so before is not known.
    [1000, 900, 100, 'may trip'],
    [1000, 1000, 199, 'passes'],
    // Apps of a hundred and fewer are not looked at.
    [100, 10, 0, 'passes'],
    [101, 10, 0, 'trips'],
  ] as const)
    it(`${state} for ${before} people of whom ${total} are left, ${inactive} inactive`, () =>
      expect(safeguard(last(before), { total, inactive }).state).to.equal(state));

  it('says why it cannot know', () => {
    const told = safeguard({ unknown: 'no journal is kept' }, { total: 5, inactive: 0 });
    expect(told.state).to.equal('unknown');
    expect(told.text).to.match(/^cannot be told: no journal is kept/);
  });
});
