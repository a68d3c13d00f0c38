import { expect } from 'chai';
import { framing, framingOf } from './framing.ts';
import { runTrial } from './run-trial.ts';

describe('the trial framing', () => {
  it('lets nobody in, hangs nowhere and answers the next request right', async () => {
    const { failures, figures } = await runTrial('framing', framing, { seed: 1, count: 80 });
    expect(failures).to.deep.equal([]);
    expect(figures['connections kept']).to.be.above(0);
  });

  it('sees a server that lets everybody in', async () => {
    const open = framingOf({ words: ['--auth', 'none'] });
    const { failures } = await runTrial('framing', open, { seed: 1, count: 15 });
    expect(failures.join()).to.match(/without a credential: answered 2\d\d/);
  });
});
