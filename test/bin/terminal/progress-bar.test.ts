import { expect } from 'chai';
import { remaining } from '../../../bin/terminal/progress-bar.ts';

describe('what an import still takes', () => {
  it('is told once it can be', () => {
    expect(remaining(1000, 0.5), 'too soon').to.equal('');
    expect(remaining(5000, 0), 'nothing read').to.equal('');
    expect(remaining(5000, 1), 'all read').to.equal('');
    expect(remaining(10_000, 0.2)).to.equal('  40 s left');
    expect(remaining(60_000, 0.1)).to.equal('  9 min left');
  });
});
