import { expect } from 'chai';
import { writeEntry } from '../../../connector/journal/entry.ts';
import { SharedJournalReader } from '../../../connector/journal/postgres/shared-journal-reader.ts';
import { LOCK } from '../../../connector/journal/postgres/statements.ts';
import { followEvents } from '../../../connector/operations/events/events.ts';
import { trace } from '../../../connector/operations/trace/trace.ts';
import type { Database } from '../../../connector/postgres/database.ts';
import { postgresDatabase } from '../../support/postgres/suite.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { caller, JournalNode, refsIn, SCHEMA, sharedDatabase } from './shared-lab.ts';

describe('the journal of two connectors', () => {
  const place = postgresDatabase({ schemas: [SCHEMA] });
  const folder = temporaryFolder();
  let database: Database;
  let one: JournalNode;
  let two: JournalNode;
  let reader: SharedJournalReader;
  beforeEach(async () => {
    database = await sharedDatabase(place.fresh);
    one = new JournalNode(database, folder.path, 'one');
    two = new JournalNode(database, folder.path, 'two');
    reader = new SharedJournalReader(database);
  });
  afterEach(async () => {
    one.file.close();
    two.file.close();
    await database.close();
  });

  it('has the records of both, and says whose they are', async () => {
    one.write({ ref: 'a' });
    two.write({ ref: 'b' });
    await Promise.all([one.copy(), two.copy()]);
    expect((await reader.select({ ref: 'b' })).map(({ ref, node }) => [ref, node])).to.deep.equal([['b', 'two']]);
    expect(await refsIn(database)).to.have.members(['a', 'b']);
    expect(await reader.tellers()).to.equal(2);
  });

  it('shows what both did to one person in its order by one clock, however theirs differ and whoever told first', async () => {
    // The clock of the second is an hour behind.
    const now = Date.now();
    const real = Date.now;
    const at = (ms: number): string => new Date(ms).toISOString();
    one.write({ ref: 'a', time: at(now - 5000) });
    two.write({ ref: 'b', time: at(now - 4000 - 3_600_000) });
    one.write({ ref: 'c', time: at(now - 3000) });
    try {
      Date.now = () => real() - 3_600_000;
      await two.copy();
    } finally {
      Date.now = real;
    }
    await one.copy();
    const { records } = await trace(reader, { who: '42', limit: 100 });
    expect(records.map(({ ref, node }) => `${ref} ${node}`)).to.deep.equal(['a one', 'b two', 'c one']);
    const seen = records.map(({ time }) => Math.round((Date.parse(time) - now) / 1000));
    expect(seen).to.deep.equal([-5, -4, -3]);
  });

  it('goes by the clock of the people where their database has told when it made a change', async () => {
    const at = (ms: number): string => new Date(Date.parse('2026-11-28T12:00:00.000Z') + ms).toISOString();
    one.write({ ref: 'b', time: at(10), stored: at(2) });
    two.write({ ref: 'a', time: at(50), stored: at(1) });
    await Promise.all([one.copy(), two.copy()]);
    const { records } = await trace(reader, { who: '42', limit: 100 });
    expect(records.map(({ ref, time }) => [ref, time])).to.deep.equal([
      ['a', at(1)],
      ['b', at(2)],
    ]);
  });

  it('loses nobody who follows: numbers rise in the order in which they can be seen', async () => {
    const controller = new AbortController();
    const told: string[] = [];
    const rest = async (): Promise<void> => {
      if (told.length >= 200) controller.abort();
    };
    const following = (async () => {
      for await (const some of followEvents(reader, {}, { after: 0, signal: controller.signal, rest }))
        told.push(...some.map(({ ref }) => ref));
    })();
    const fill = async (node: JournalNode): Promise<void> => {
      const copier = node.copier();
      for (let index = 0; index < 100; index += 1) {
        node.write({ ref: `${node.name}${index}` });
        if (index % 5 === 0) await copier.rest();
      }
      await copier.rest();
      copier.close();
    };
    await Promise.all([fill(one), fill(two)]);
    await following;
    expect(new Set(told).size).to.equal(200);
    expect(told).to.have.length(200);
  });

  it('is written by one at a time: whoever comes second gets the higher numbers', async () => {
    one.write({ ref: 'a' });
    const [isHeld, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const other = database.transaction(caller(), async (session) => {
      await session.rows(LOCK);
      isHeld.resolve();
      await release.promise;
    });
    await isHeld.promise;
    const copying = one.copy().then(() => 'copied');
    const waiting = async (): Promise<string> => {
      const [row] = await place.fresh.admin("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
      return row ? 'waits' : waiting();
    };
    expect(await Promise.race([copying, waiting()])).to.equal('waits');
    release.resolve();
    await Promise.all([other, copying]);
    expect(await refsIn(database)).to.deep.equal(['a']);
  });

  describe('where one has taken over what the other left', () => {
    const left = () => {
      const entry = one.write({ ref: 'a', name: 'ann' });
      return JSON.parse(writeEntry(entry)) as unknown as readonly [string, readonly string[], typeof entry.record];
    };
    const adopt = (outcome: 'done' | 'failed' = 'done'): void => {
      const [key, about, record] = left();
      two.file.write({ records: [], carried: [{ key, about, record: { ...record, outcome } }], intents: [], told: [] });
    };

    it('has it once, of the one that did it, and again when that one comes back', async () => {
      adopt();
      await two.copy();
      const [before] = await reader.select({});
      expect(before).to.deep.include({ ref: 'a', node: 'one' });
      expect((await one.shared.adopted(caller())).map(({ record }) => record.ref)).to.deep.equal(['a']);
      await one.copy();
      expect(await refsIn(database)).to.deep.equal(['a']);
      expect(await one.shared.adopted(caller())).to.deep.equal([]);
    });

    it('keeps what was told better', async () => {
      adopt();
      await one.copy();
      await two.copy();
      expect(await refsIn(database)).to.deep.equal(['a']);
      expect(await one.shared.adopted(caller())).to.deep.equal([]);
    });

    it('believes the store, which has the change, and not who saw it fail', async () => {
      const entry = one.write({ ref: 'a', outcome: 'failed' });
      const carried = [{ ...entry, record: { ...entry.record, outcome: 'done' as const } }];
      two.file.write({ records: [], carried, intents: [], told: [] });
      await one.copy();
      await two.copy();
      expect((await reader.select({}))[0]?.outcome).to.equal('done');
      await place.fresh.admin(`DELETE FROM ${SCHEMA}.journal; UPDATE ${SCHEMA}.journal_copy SET seq = 0, retold = 0`);
      await two.copy();
      await one.copy();
      expect((await reader.select({})).map(({ outcome }) => outcome)).to.deep.equal(['done']);
    });
  });
});
