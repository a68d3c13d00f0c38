import { expect } from 'chai';
import { kill } from './kill.ts';
import { Account } from './ledger.ts';
import { runTrial } from './run-trial.ts';

describe('the trial kill', () => {
  it('finds every acknowledged write after each kill -9', async () => {
    const { failures, figures, strain } = await runTrial('kill', kill, { seed: 1, count: 2 });
    expect(failures).to.deep.equal([]);
    expect(figures['acknowledged writes']).to.be.above(2);
    expect(strain.resident).to.be.above(20);
  });

  it('finds them in both versions, whichever they were written in', async () => {
    const { failures, figures } = await runTrial('kill', kill, { seed: 2, count: 1, version: 'mixed' });
    expect(failures).to.deep.equal([]);
    expect(figures['acknowledged writes']).to.be.above(2);
  });

  it('sees what is lost, what is half done, and what came back', () => {
    const acknowledged = (...marks: readonly (string | undefined)[]): Account => {
      const account = new Account('a');
      for (const mark of marks) {
        account.begin(mark);
        account.acknowledge(mark);
      }
      return account;
    };
    expect(acknowledged('1', '2').found(['2', '2'])).to.equal(undefined);
    expect(acknowledged('1', '2').found(['1', '1'])).to.equal('a has 1; acknowledged was 2');
    expect(acknowledged('1', '2').found(['2', '1'])).to.equal('a is half written: 2 and 1');
    expect(acknowledged('1').found([undefined, undefined])).to.equal('a has gone; acknowledged was 1');
    expect(acknowledged('1', undefined).found(['1', '1'])).to.equal('a has 1; acknowledged was gone');
    const open = acknowledged('1');
    open.begin('2');
    expect(open.found(['2', '2'])).to.equal(undefined);
    expect(open.found(['1', '1'])).to.equal('a has 1; acknowledged was 2');
  });
});
