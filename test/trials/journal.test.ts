import { expect } from 'chai';
import type { StoredRecord } from '../../connector/journal/journal-store.ts';
import { journalRecord } from '../support/journal-record.ts';
import type { Booked } from './booking-client.ts';
import { journalOn } from './journal.ts';
import { judge } from './journal-on-file.ts';
import { runTrial } from './run-trial.ts';

describe('the trial journal', () => {
  it('finds the record of every change after each kill -9', async () => {
    const { failures, figures } = await runTrial('journal', journalOn('file'), { seed: 1, count: 2 });
    expect(failures).to.deep.equal([]);
    expect(figures['acknowledged']).to.be.above(2);
    expect(figures['records']).to.be.at.least(figures['acknowledged'] ?? Number.NaN);
  });

  it('sees a record that is missing, there twice, of nothing, or of something else', () => {
    const booked: Booked = {
      key: 'k',
      kind: 'title',
      told: ({ id }) => id === '1',
      seen: () => Promise.resolve(true),
    };
    const record = (more: object): StoredRecord => ({
      ...journalRecord({ outcome: 'done', id: '1', ...more }),
      seq: 1,
    });
    expect(judge(booked, true, [record({})])).to.equal(undefined);
    expect(judge(booked, false, [])).to.equal(undefined);
    expect(judge(booked, false, [record({ outcome: 'refused' })])).to.equal(undefined);
    expect(judge(booked, true, undefined)).to.match(/was made, and its record says nothing/);
    expect(judge(booked, true, [record({ outcome: 'refused' })])).to.match(/says refused/);
    expect(judge(booked, false, [record({})])).to.match(/was not made, and its record says done/);
    expect(judge(booked, true, [record({}), record({})])).to.match(/2 records/);
    expect(judge(booked, true, [record({ id: '2' })])).to.match(/says something else/);
  });
});
