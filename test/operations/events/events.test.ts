import { join } from 'node:path';
import { expect } from 'chai';
import { JournalFileReader } from '../../../connector/journal/file/journal-file.ts';
import type { JournalReader } from '../../../connector/journal/journal-store.ts';
import { type EventFilter, followEvents, latestEvents } from '../../../connector/operations/events/events.ts';
import { FilledJournal } from '../../support/filled-journal.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('events', () => {
  const folder = temporaryFolder();
  let journal: FilledJournal;
  let reader: JournalFileReader;
  beforeEach(() => {
    journal = new FilledJournal(folder.path);
    reader = new JournalFileReader(join(folder.path, 'journal.db'));
  });
  afterEach(async () => {
    await reader.close();
    journal.close();
  });

  /** What is told while `turns` happen, each after a look that found no more. */
  async function followed(
    filter: EventFilter,
    turns: readonly (() => void)[],
    { after = 0, from = reader as JournalReader } = {},
  ): Promise<readonly string[]> {
    const controller = new AbortController();
    const open = [...turns];
    const rest = async (): Promise<void> => {
      const turn = open.shift();
      if (turn) turn();
      else controller.abort();
    };
    const told: string[] = [];
    for await (const records of followEvents(from, filter, { after, signal: controller.signal, rest }))
      told.push(...records.map(({ ref }) => ref));
    return told;
  }

  it('gives the newest, the oldest of them first', async () => {
    journal.add({}, { outcome: 'failed' }, { app: 'hr' }, { message: 'createNewUser' }, { name: 'bob' });
    const refs = async (filter: EventFilter, limit = 9) =>
      (await latestEvents(reader, filter, limit)).map(({ ref }) => ref);
    expect(await refs({}, 2)).to.deep.equal(['0004', '0005']);
    expect(await refs({ app: 'hr' })).to.deep.equal(['0003']);
    expect(await refs({ outcome: ['failed', 'refused'] })).to.deep.equal(['0002']);
    expect(await refs({ message: 'createnewuser' })).to.deep.equal(['0004']);
    expect(await refs({ about: 'BOB' })).to.deep.equal(['0005']);
    expect(await refs({ since: Date.parse('2026-11-28T13:07:09.124Z') })).to.deep.equal([]);
  });

  it('follows: each record once, in order, through the filter, and those that came before the first look', async () => {
    journal.add({}, { app: 'hr' });
    const told = await followed({ app: 'hr' }, [
      () => journal.add({ app: 'hr' }, {}),
      () => undefined,
      () => journal.add({}),
      () => journal.add({ app: 'hr' }, { app: 'hr' }),
    ]);
    expect(told).to.deep.equal(['0002', '0003', '0006', '0007']);
    expect(await followed({}, [], { after: 5 })).to.deep.equal(['0006', '0007']);
  });

  it('follows more than it takes at once', async () => {
    const many = Array.from({ length: 1201 }, () => ({}));
    const told = await followed({}, [() => journal.add(...many)]);
    expect(told).to.have.length(1201);
    expect(new Set(told).size).to.equal(1201);
  });

  it('goes on when old records go, and when the service ends and starts', async () => {
    const told = await followed({}, [
      () => journal.add({}, {}),
      () => journal.prune(0, 2 ** 30),
      () => journal.add({}),
      () => {
        journal.close();
        journal = new FilledJournal(folder.path, { ref: 'after' });
      },
    ]);
    expect(told).to.deep.equal(['0001', '0002', '0003', 'after']);
  });

  it('waits for another process that has the journal to itself for a moment, and ends for any other failure', async () => {
    const failing = (code: string, times: number): JournalReader => {
      let left = times;
      return {
        select: (query) => reader.select(query),
        last: async () => {
          left -= 1;
          if (left >= 0) throw Object.assign(new Error(code), { code });
          return reader.last();
        },
        close: async () => undefined,
      };
    };
    journal.add({});
    const rests = [() => undefined, () => undefined];
    expect(await followed({}, rests, { from: failing('SQLITE_BUSY_RECOVERY', 2) })).to.deep.equal(['0001']);
    const failure = await followed({}, rests, { from: failing('SQLITE_CORRUPT', 1) }).catch((error: Error) => error);
    expect(failure).to.be.an('error').with.property('message', 'SQLITE_CORRUPT');
  });
});
