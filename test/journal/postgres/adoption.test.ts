import { expect } from 'chai';
import { STEPS as PEOPLE } from '../../../connector/backend/postgres/schema/migrations.ts';
import { LeftRecords } from '../../../connector/backend/postgres/writing/left-records.ts';
import { entryOf, writeEntry } from '../../../connector/journal/entry.ts';
import { JournalFile } from '../../../connector/journal/file/journal-file.ts';
import { Journal } from '../../../connector/journal/journal.ts';
import { Database } from '../../../connector/postgres/database.ts';
import { migrate } from '../../../connector/postgres/migrate.ts';
import { journalRecord } from '../../support/journal-record.ts';
import { postgresDatabase } from '../../support/postgres/suite.ts';
import { recordsIn } from '../../support/records-in.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { caller } from './shared-lab.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('records that a connector has left beside the people', () => {
  const place = postgresDatabase();
  const folder = temporaryFolder();
  let database: Database;
  let live: ReadonlySet<string>;
  beforeEach(async () => {
    database = new Database(place.fresh.settings, { schema: 'scim', deadline: 5000 });
    await migrate(database, caller(), 'scim', PEOPLE);
    live = new Set(['two', 'three']);
  });
  afterEach(async () => {
    await database.close();
  });

  let last = 0;
  const leave = async (node: string, ...refs: readonly string[]): Promise<void> => {
    for (const ref of refs) {
      last += 1;
      const text = writeEntry(entryOf(journalRecord({ ref, node })));
      await database.run(caller(), 'INSERT INTO scim.outbox (node, seq, text) VALUES ($1, $2, $3)', node, last, text);
    }
  };
  const left = async (): Promise<readonly string[]> =>
    (await database.rows<readonly [string]>(caller(), 'SELECT node FROM scim.outbox ORDER BY seq')).map(
      ([node]) => node,
    );
  const fileOf = (node: string): string => `${folder.path}/${node}.db`;
  const refs = (node: string): readonly string[] => recordsIn(fileOf(node)).map(({ ref }) => ref);

  /** A connector that has looked once. */
  async function looked(node: string, open = () => new JournalFile(fileOf(node))): Promise<Journal> {
    const over = Promise.withResolvers<void>();
    let looks = 0;
    const liveNodes = async () => {
      looks += 1;
      // The second look comes once the first is over.
      if (looks === 2) over.resolve();
      return live;
    };
    const journal = new Journal({
      ...{ open, name: node, log: quiet, maxAge: 86_400_000, maxSize: 2 ** 30 },
      adopting: { node, liveNodes, every: 1 },
    });
    journal.share('default', new LeftRecords(database, node));
    await over.promise;
    return journal;
  }
  const over = async (journal: Journal): Promise<void> => {
    await journal.rest();
    await database.rows(caller(), 'SELECT 1');
    journal.close();
  };
  const nothingLeft = async (): Promise<void> => {
    while ((await left()).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  it('are told by another once it is gone, in order, and go', async () => {
    await leave('one', 'a', 'b', 'c');
    await over(await looked('two'));
    await nothingLeft();
    expect(refs('two')).to.deep.equal(['a', 'b', 'c']);
    expect(recordsIn(fileOf('two')).map(({ node }) => node)).to.deep.equal(['one', 'one', 'one']);
  });

  it('are left to a connector that lives, and to itself where nobody is heard of', async () => {
    await leave('three', 'a');
    await over(await looked('two'));
    live = new Set();
    await over(await looked('two'));
    expect(await left()).to.deep.equal(['three']);
    expect(refs('two')).to.deep.equal([]);
  });

  it('are taken over by one alone, whoever wants them at the same time', async () => {
    await leave('one', ...Array.from({ length: 50 }, (_, index) => `r${index}`));
    const both = await Promise.all([looked('two'), looked('three')]);
    for (const journal of both) await over(journal);
    await nothingLeft();
    expect([...refs('two'), ...refs('three')].toSorted()).to.have.length(50);
  });

  it('are found again where the one that took them over was killed before it told', async () => {
    await leave('one', 'a', 'b');
    const dead = await looked('two', () => {
      throw new Error('no disk');
    });
    dead.close();
    expect(await left()).to.satisfy((names: string[]) => names.every((name) => name.startsWith('two/')));
    await over(await looked('two'));
    await nothingLeft();
    expect(refs('two')).to.deep.equal(['a', 'b']);
  });

  it('go on to a third where that one is gone, too', async () => {
    await leave('one', 'a');
    const dead = await looked('two', () => {
      throw new Error('no disk');
    });
    dead.close();
    live = new Set(['three']);
    await over(await looked('three'));
    await nothingLeft();
    expect(refs('three')).to.deep.equal(['a']);
  });
});
