import { expect } from 'chai';
import type { StoredRecord } from '../../connector/journal/journal-store.ts';
import { directoryLab } from '../support/directories/directory-lab.ts';
import { journalRecord } from '../support/journal-record.ts';
import { journalOn } from './journal.ts';
import { judge } from './journal-on-directory.ts';
import { runTrial } from './run-trial.ts';
import type { Extent, Told } from './telling-client.ts';
import type { TrialServer } from './trial-server.ts';

describe('the trial journal over a directory', () => {
  directoryLab('openldap');

  it('finds the record of every change, whatever dies', async () => {
    const { failures, figures } = await runTrial('journal', journalOn('directory'), { seed: 1, count: 6 });
    expect(failures).to.deep.equal([]);
    expect(figures['acknowledged by a directory']).to.be.above(20);
  });

  it('sees a record that is missing, or tells of what is not so', async () => {
    const nobody = {} as TrialServer;
    const wrong = (status: number | undefined, extent: Extent, outcome?: StoredRecord['outcome']) => {
      const told: Told = {
        mark: 'm',
        kind: 'put',
        ...(status === undefined ? {} : { status }),
        extent: async () => extent,
      };
      return judge(nobody, told, outcome && { ...journalRecord({ outcome }), seq: 1 });
    };
    expect(await wrong(200, 'whole', 'done')).to.equal(undefined);
    expect(await wrong(undefined, 'none')).to.equal(undefined);
    expect(await wrong(undefined, 'part', 'done'), 'what was sent of it').to.equal(undefined);
    expect(await wrong(200, 'whole')).to.match(/no record/);
    expect(await wrong(undefined, 'whole')).to.match(/no record, and it is there/);
    expect(await wrong(409, 'none')).to.match(/no record/);
    expect(await wrong(200, 'whole', 'unknown')).to.match(/says unknown/);
    expect(await wrong(undefined, 'none', 'done')).to.match(/says done.*there: none/);
    expect(await wrong(undefined, 'whole', 'not done')).to.match(/says not done.*there: whole/);
    expect(await wrong(429, 'part', 'refused')).to.match(/says refused.*there: part/);
  });
});
