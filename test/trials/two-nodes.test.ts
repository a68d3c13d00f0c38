import { expect } from 'chai';
import { needsPostgres } from '../support/postgres/installed.ts';
import { runTrial } from './run-trial.ts';
import { twoNodesOn } from './two-nodes.ts';

describe('the trial two-nodes', () => {
  before(needsPostgres);

  it('loses nothing when a connector dies in an import, nor when the database fails over', async () => {
    const short = { people: 400, page: 50, writers: 4, longest: 500, outages: 0.25, clashes: 2 };
    const trial = twoNodesOn({ ...short, kinds: ['failed over, dead'] });
    const { failures, figures } = await runTrial('two-nodes', trial, { seed: 1, count: 4 });
    expect(failures).to.deep.equal([]);
    expect(figures).to.include({ kills: 4, outages: 1 });
    for (const figure of ['acknowledged writes', 'overlapping changes', 'acknowledged through them', 'read meanwhile'])
      expect(figures[figure], figure).to.be.above(2);
  });
});
