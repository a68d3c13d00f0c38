import { expect } from 'chai';
import { holds } from './holds.ts';
import { runTrial } from './run-trial.ts';

describe('the trial holds', () => {
  it('lets no mass change through and holds no normal week', async () => {
    const { failures, figures } = await runTrial('holds', holds, { seed: 1, count: 40 });
    expect(failures).to.deep.equal([]);
    expect(figures['deaths']).to.be.above(10);
    expect(figures['days']).to.equal(7);
  });
});
