import { expect } from 'chai';
import { doctorOn } from './doctor.ts';
import { runTrial } from './run-trial.ts';

describe('the trial doctor', () => {
  it('finds nothing left of runs that were killed', async () => {
    const { failures, figures } = await runTrial('doctor', doctorOn('file'), { seed: 1, count: 12 });
    expect(failures).to.deep.equal([]);
    expect(figures['left by kills']).to.be.above(10);
  });
});
