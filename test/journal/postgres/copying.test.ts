import { join } from 'node:path';
import { expect } from 'chai';
import { openForReading } from '../../../connector/journal/file/open-journal.ts';
import { SharedJournalReader } from '../../../connector/journal/postgres/shared-journal-reader.ts';
import type { Database } from '../../../connector/postgres/database.ts';
import { postgresDatabase } from '../../support/postgres/suite.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { JournalNode, refsIn, SCHEMA, sharedDatabase } from './shared-lab.ts';

for (const pooled of [false, true])
  describe(`copying the journal to the database that connectors share${pooled ? ', through pgbouncer' : ''}`, () => {
    const place = postgresDatabase({ schemas: [SCHEMA], pooled });
    const folder = temporaryFolder();
    let database: Database;
    let node: JournalNode;
    beforeEach(async () => {
      database = await sharedDatabase(place.fresh);
      node = new JournalNode(database, folder.path, 'one');
    });
    afterEach(async () => {
      node.file.close();
      await database.close();
    });

    it('brings what is there and what comes, in order, each once', async () => {
      for (const ref of ['a', 'b']) node.write({ ref });
      await node.copy();
      for (const ref of ['c', 'd']) node.write({ ref });
      await node.copy();
      await node.copy();
      expect(await refsIn(database)).to.deep.equal(['a', 'b', 'c', 'd']);
    });

    it('replaces a record that was told anew, in its place', async () => {
      const { key } = node.write({ ref: 'a', outcome: 'unknown' });
      node.write({ ref: 'b' });
      await node.copy();
      node.write({ ref: 'a', outcome: 'done', settled: '2026-11-28T13:08:00.000Z' }, key);
      node.reopen();
      await node.copy();
      const found = await new SharedJournalReader(database).select({ after: 0 });
      expect(found.map(({ ref, outcome }) => [ref, outcome])).to.deep.equal([
        ['a', 'done'],
        ['b', 'done'],
      ]);
      expect(found[0]?.settled).to.equal('2026-11-28T13:08:00.000Z');
    });

    it('changes nothing of a file that nobody copies', async () => {
      node.write({ ref: 'a' });
      const tables = (): unknown => {
        const db = openForReading(join(folder.path, 'one.db'));
        const names = db.prepare("SELECT name FROM sqlite_master WHERE name LIKE '%retold%'").pluck().all();
        db.close();
        return names;
      };
      expect(tables()).to.deep.equal([]);
      await node.copy();
      expect(tables()).to.deep.equal(['retold', 'record_retold']);
    });

    it('keeps text that PostgreSQL has no place for', async () => {
      node.write({ ref: 'a', name: 'x\0y', text: 'half \ud83d of one', app: 'hr\0' });
      await node.copy();
      const [record] = await new SharedJournalReader(database).select({ about: 'x\0y' });
      expect(record).to.deep.include({ name: 'x\0y', text: 'half \ud83d of one' });
    });
  });
