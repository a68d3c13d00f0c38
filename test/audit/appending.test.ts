import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { AuditTable, selectAudit } from '../../connector/audit/audit-table.ts';
import { entryOf } from '../../connector/journal/entry.ts';
import { JournalFile } from '../../connector/journal/file/journal-file.ts';
import { openForWriting } from '../../connector/journal/file/open-journal.ts';
import { journalRecord } from '../support/journal-record.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { entryAt, fileIn, KEY, problemsOf, tamper, verdictOn, write } from './chain-support.ts';

const DAY = 86_400_000;

describe('appending to the audit log', () => {
  const folder = temporaryFolder();
  const appender = async (count: number): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'append-process.ts'), folder.path, String(count)]);
    await once(child.stdout, 'data');
    return child;
  };

  it('several processes at once make one chain', async () => {
    write(folder.path, 1);
    const children = await Promise.all([appender(40), appender(40), appender(40)]);
    const ends = children.map((child) => once(child, 'exit'));
    // All are ready: they start together.
    for (const child of children) child.stdin?.write('go\n');
    const codes = (await Promise.all(ends)).map(([code]) => code);
    expect(codes).to.deep.equal([0, 0, 0]);
    expect(problemsOf(folder.path)).to.deep.equal([]);
    expect(verdictOn(folder.path).entries).to.equal(121);
    tamper(folder.path, (db) => {
      const actors = db.prepare(`SELECT doc ->> 'actor' AS actor FROM audit WHERE seq > 1`).all() as {
        actor: string;
      }[];
      const changes = actors.filter(({ actor }, i) => i > 0 && actor !== actors[i - 1]?.actor).length;
      expect(changes, 'they took turns').to.be.above(2);
    });
  });

  it('a kill loses nothing that was told to be there, and breaks nothing', async () => {
    for (const after of [3, 10, 25]) {
      const before = verdictOnOrEmpty(folder.path);
      const child = await appender(100_000);
      child.stdin?.write('go\n');
      let told = '';
      child.stdout?.on('data', (part) => {
        told += part;
        if (told.split('\n').length > after) child.kill('SIGKILL');
      });
      await once(child, 'close');
      expect(problemsOf(folder.path)).to.deep.equal([]);
      const acknowledged = told.trimEnd().split('\n').length;
      expect(verdictOn(folder.path).entries - before).to.be.within(acknowledged, acknowledged + 1);
    }
  });

  it('takes back an entry with the transaction that it is in', () => {
    write(folder.path, 2);
    tamper(folder.path, (db) => {
      const table = new AuditTable(db, KEY);
      const half = db.transaction(() => {
        table.append(entryAt(5));
        throw new Error('the record cannot be stored');
      });
      expect(() => half.immediate()).to.throw('the record cannot be stored');
      expect(() => table.append(entryAt(5))).to.throw(/in a transaction alone/);
    });
    write(folder.path, 1, 6);
    expect(problemsOf(folder.path)).to.deep.equal([]);
    expect(verdictOn(folder.path).entries).to.equal(3);
  });

  it('a record that is carried and told again is one entry, one whose outcome was found out is two', () => {
    const journal = new JournalFile(fileIn(folder.path), KEY);
    const told = entryOf(journalRecord({ ref: 'AAAA-1' }));
    const open = entryOf(journalRecord({ ref: 'AAAA-2', outcome: 'unknown' }));
    const found = { ...open, record: { ...open.record, outcome: 'done' } as const };
    const rest = { intents: [], told: [] };
    journal.write({ records: [], carried: [told], ...rest });
    journal.write({ records: [told, open], ...rest });
    journal.write({ records: [told], carried: [told], ...rest });
    journal.write({ records: [found], carried: [found], ...rest });
    journal.close();
    tamper(folder.path, (db) => {
      const entries = selectAudit(db, { limit: 100 }).map(({ ref, outcome }) => `${ref} ${outcome}`);
      expect(entries).to.deep.equal(['AAAA-1 done', 'AAAA-2 unknown', 'AAAA-2 done']);
    });
    expect(problemsOf(folder.path)).to.deep.equal([]);
  });

  it('old entries go, the chain says so and stays whole; without the entry that says so it is cut', () => {
    write(folder.path, 10);
    const db = openForWriting(fileIn(folder.path));
    const table = new AuditTable(db, KEY);
    const until = Date.parse(entryAt(6).time);
    expect(table.prune(until, new Date(until + DAY))).to.equal(6);
    expect(table.prune(until, new Date(until + DAY))).to.equal(0);
    db.close();
    write(folder.path, 3, 20);
    expect(problemsOf(folder.path)).to.deep.equal([]);
    expect(verdictOn(folder.path)).to.deep.include({ entries: 8, first: 7, last: 14 });
    const again = openForWriting(fileIn(folder.path));
    new AuditTable(again, KEY).prune(until + 3 * DAY, new Date(until + 3 * DAY));
    again.close();
    expect(problemsOf(folder.path)).to.deep.equal([]);
    expect(verdictOn(folder.path)).to.deep.include({ entries: 2, first: 14 });
    tamper(folder.path, (one) => void one.exec('DELETE FROM audit WHERE seq = 15'));
    expect(problemsOf(folder.path, { anchors: [], given: 0 })).to.deep.equal(['cut 1-13']);
  });

  it('what goes goes in slices, and the chain is whole after each', () => {
    write(folder.path, 5000);
    const until = Date.parse(entryAt(6000).time);
    tamper(folder.path, (db) => {
      const table = new AuditTable(db, KEY);
      const went = [1, 2, 3].map(() => table.prune(until, new Date(until)));
      expect(went[0]).to.be.within(1, 2000);
      expect(went[1]).to.be.within(1, 2000);
    });
    expect(problemsOf(folder.path)).to.deep.equal([]);
  });

  it('takes none of the room that the journal has', () => {
    write(folder.path, 4000);
    const journal = new JournalFile(fileIn(folder.path), KEY);
    const records = Array.from({ length: 300 }, (_, i) => entryOf(journalRecord({ ref: `AAAA-${i}` })));
    journal.write({ records, intents: [], told: [] });
    expect(statSync(fileIn(folder.path)).size).to.be.above(1_000_000);
    expect(journal.prune(Number.MAX_SAFE_INTEGER, 600_000)).to.equal(0);
    expect(journal.select({}).length).to.equal(300);
    expect(journal.prune(Number.MAX_SAFE_INTEGER, 50_000), 'their own room is bounded').to.equal(200);
    journal.close();
  });

  const verdictOnOrEmpty = (path: string): number => {
    tamper(path, (db) => void new AuditTable(db, KEY));
    return verdictOn(path).entries;
  };
});
