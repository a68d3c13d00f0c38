import { expect } from 'chai';
import { breakIn } from './break-in.ts';
import { runTrial } from './run-trial.ts';

describe('the trial break-in', () => {
  it('lets the right password in while 150 connections guess, however it is kept', async () => {
    const { failures, figures } = await runTrial('break-in', breakIn, { seed: 1, count: 3 });
    expect(failures).to.deep.equal([]);
    expect(figures['guesses']).to.be.above(150);
  });
});
