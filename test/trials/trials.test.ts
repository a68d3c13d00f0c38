import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { Random } from '../../connector/simulator/random.ts';
import { cli } from '../support/cli.ts';
import { trials } from './registry.ts';
import { runTrial } from './run-trial.ts';
import { asTable, repeatLines } from './table.ts';
import type { Trial } from './trial.ts';

const COMMAND = [process.execPath, 'test/trials/trials.ts'];

const sample = (run: Trial['run']): Trial => ({ promise: 'it holds', counts: 'looks', count: 7, patience: 1, run });

describe('trials', () => {
  it('tell failures with the seed and the command that repeats them', async () => {
    const broken = sample(async ({ random, fail }) => {
      fail(`saw ${random.below(1000)}`);
      return { looked: 2.25 };
    });
    const [first, again] = [
      await runTrial('sample', broken, { seed: 5 }),
      await runTrial('sample', broken, { seed: 5 }),
    ];
    expect(first).to.deep.equal(again);
    expect(first).to.include({ trial: 'sample', seed: 5, count: 7 });
    const lines = repeatLines([first]).join('\n');
    expect(lines).to.match(/seed 5: 1 failed\n {2}saw \d+\n/);
    expect(lines).to.contain('again: npm run trials -- sample --seed 5 --count 7');
    expect(repeatLines([{ ...first, version: '2.0' }]).join('\n')).to.match(/--count 7 --version 2\.0$/);
    expect(asTable([first]).split('\n')[1]).to.match(/^sample +7 looks +1 +5 +0 ms +0 ms +0 MB +2\.3 looked$/);
  });

  it('count what throws as a failure, and leave nothing behind', async () => {
    let path = '';
    const ended: string[] = [];
    const outcome = await runTrial(
      'sample',
      sample(async ({ folder, whenOver }) => {
        path = folder;
        whenOver(() => void ended.push('first'));
        whenOver(() => void ended.push('second'));
        throw new Error('no such luck');
      }),
    );
    expect(outcome.failures.join()).to.contain('ended early').and.contain('no such luck');
    expect(ended).to.deep.equal(['second', 'first']);
    expect(path).to.be.a('string').and.not.equal('');
    expect(existsSync(path)).to.equal(false);
  });

  it('say nothing where nothing failed', async () => {
    const outcome = await runTrial(
      'sample',
      sample(async () => ({})),
    );
    expect(outcome.failures).to.deep.equal([]);
    expect(repeatLines([outcome])).to.deep.equal([]);
  });

  it('are listed when none is named, or one that there is not', async () => {
    for (const words of [
      [],
      ['kil'],
      ['kill', '--count', '0'],
      ['kill', '--speed'],
      ['agent', '--version', '3.0'],
      ['doctor', '--version', '2.0'],
    ]) {
      const { code, stderr } = await cli(words, { command: COMMAND });
      expect(code, words.join(' ')).to.equal(2);
      for (const name of Object.keys(trials)) expect(stderr).to.contain(`  ${name} `);
    }
  });

  it('end with 1 when one fails, and name it on stderr', async () => {
    const { code, stdout, stderr } = await cli(['kill', '--seed', '3', '--count', '1', '--json'], {
      command: COMMAND,
      env: { CONNECTOR_BIN: 'false' },
    });
    expect(code).to.equal(1);
    expect(stderr).to.contain('serve ended before it listened').and.contain('trials -- kill --seed 3 --count 1');
    const [outcome] = JSON.parse(stdout) as { trial: string; failures: string[] }[];
    expect(outcome?.trial).to.equal('kill');
    expect(outcome?.failures).to.have.length(1);
  });

  it('take the same chances for the same seed', () => {
    const drawn = (seed: number): readonly number[] => {
      const random = new Random(seed);
      return Array.from({ length: 100 }, () => random.below(1000));
    };
    expect(drawn(3)).to.deep.equal(drawn(3));
    expect(drawn(3)).not.to.deep.equal(drawn(4));
    expect(new Set(drawn(3)).size).to.be.above(80);
  });
});
