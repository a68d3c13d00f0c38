import { expect } from 'chai';
import { Fingerprints } from '../../../connector/operations/preview/fingerprints.ts';

describe('a set of fingerprints', () => {
  it('knows what was added, through every growth, and nothing else', () => {
    const set = new Fingerprints();
    const name = (number: number): string => `user${number}@example.com`;
    for (let i = 0; i < 20_000; i += 1) expect(set.add(name(i)), name(i)).to.equal(true);
    for (let i = 0; i < 20_000; i += 1) expect(set.has(name(i)) && !set.add(name(i)), name(i)).to.equal(true);
    for (let i = 20_000; i < 40_000; i += 1) expect(set.has(name(i)), name(i)).to.equal(false);
    expect(set.size).to.equal(20_000);
  });
});
