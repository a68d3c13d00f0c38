import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { AuditKeeper } from '../../connector/journal/audit-keeper.ts';
import { openForWriting } from '../../connector/journal/file/open-journal.ts';
import { LinesLog } from '../support/lines-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fileIn, KEY, problemsOf, verdictOn, write } from './chain-support.ts';

describe('keeping the audit log', () => {
  const folder = temporaryFolder();
  const keeping = (log: LinesLog): AuditKeeper => new AuditKeeper({ stateDir: folder.path, key: KEY, maxAge: 0, log });
  const entries = (): number => verdictOn(folder.path).entries;

  it('takes what is too old away in turns, others are served between two', async () => {
    write(folder.path, 4500, -86_400);
    const log = new LinesLog();
    const keeper = keeping(log);
    const after = [entries()];
    for (let turn = 0; turn < 200 && entries() > 1000; turn += 1) await pause(20);
    after.push(entries());
    keeper.close();
    expect(after[0]).to.be.within(2000, 4000);
    expect(after[1]).to.be.below(1000);
    expect(problemsOf(folder.path)).to.deep.equal([]);
    expect(log.lines.filter((line) => line.startsWith('error'))).to.deep.equal([]);
  });

  it('waits for nobody who holds the file, and is no alarm because of it', () => {
    write(folder.path, 10, -86_400);
    const holder = openForWriting(fileIn(folder.path));
    holder.exec('BEGIN IMMEDIATE');
    const log = new LinesLog();
    const keeper = keeping(log);
    holder.exec('ROLLBACK');
    holder.close();
    expect(log.lines).to.deep.equal([]);
    expect(entries()).to.equal(10);
    keeper.keep();
    expect(entries()).to.be.below(3);
    keeper.close();
    expect(problemsOf(folder.path)).to.deep.equal([]);
  });
});
