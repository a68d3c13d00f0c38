import { expect } from 'chai';
import { loadOf } from './load.ts';
import { runTrial } from './run-trial.ts';
import { soakOf } from './soak.ts';

/** Times are for a machine that does nothing else. */
const SHORT = {
  people: 1500,
  lists: 8,
  bodies: [{ count: 3, length: 600_000 }],
  idle: 60,
  p99: Number.POSITIVE_INFINITY,
  resident: 400,
};

describe('the trial load', () => {
  it('answers what is small beside what is large, and what is large in the end', async () => {
    const { failures, figures } = await runTrial('load', loadOf(SHORT), { seed: 1, count: 1 });
    expect(failures).to.deep.equal([]);
    expect(figures).to.include({ 'answered 200': 8, 'answered 201': 3, 'answered 400': 1, 'answered 413': 1 });
  });

  it('sees memory and times above their bounds', async () => {
    const strict = loadOf({ ...SHORT, lists: 1, bodies: [], idle: 1, p99: 0, resident: 1 });
    const { failures } = await runTrial('load', strict, { seed: 1, count: 1 });
    expect(failures.join())
      .to.match(/1 of 100 small requests took/)
      .and.match(/MB resident; due 1$/);
  });
});

describe('the trial soak', () => {
  it('is answered right all the time', async () => {
    const { failures, figures } = await runTrial('soak', soakOf(3000), { seed: 1, count: 1 });
    expect(failures).to.deep.equal([]);
    expect(figures['requests']).to.be.above(10);
  });
});
