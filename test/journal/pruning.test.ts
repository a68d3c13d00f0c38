import { expect } from 'chai';
import { entryOf } from '../../connector/journal/entry.ts';
import { JournalFile } from '../../connector/journal/file/journal-file.ts';
import type { JournalRecord } from '../../connector/journal/record.ts';
import { journalRecord } from '../support/journal-record.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY = 86_400_000;

describe('old records', () => {
  const folder = temporaryFolder();
  let store: JournalFile;
  beforeEach(() => {
    store = new JournalFile(`${folder.path}/journal.db`);
  });
  afterEach(() => store.close());

  const keep = (count: number, more: Partial<JournalRecord>): void => {
    const records = Array.from({ length: count }, () => entryOf(journalRecord(more)));
    store.write({ records, intents: [], told: [] });
  };
  const pruned = (maxAge: number, maxSize: number): readonly number[] => {
    const slices: number[] = [];
    for (let went = store.prune(maxAge, maxSize); went > 0; went = store.prune(maxAge, maxSize)) slices.push(went);
    return slices;
  };
  const now = (): string => new Date().toISOString();
  const stranger = { operation: 'request', actor: '', outcome: 'refused' } as const;

  it('go by their age, a few at a time', () => {
    keep(450, { time: new Date(Date.now() - 2 * DAY).toISOString(), name: 'old' });
    keep(1, { time: now(), name: 'new' });
    expect(pruned(DAY, 2 ** 30)).to.deep.equal([200, 200, 50]);
    expect(store.select({}).map(({ name }) => name)).to.deep.equal(['new']);
  });

  it('go by their size, the oldest first', () => {
    keep(1500, { time: now(), name: 'first', text: 'x'.repeat(900) });
    keep(100, { time: now(), name: 'last', text: 'x'.repeat(900) });
    expect(pruned(DAY, 2 ** 20).length).to.be.above(1);
    const left = store.select({ limit: 5000 });
    expect(left.length).to.be.within(300, 1100);
    expect(left.filter(({ name }) => name === 'last')).to.have.length(100);
  });

  it('of strangers go before those of anybody else', () => {
    keep(300, { time: now(), name: 'okta' });
    keep(10_150, { time: now(), ...stranger });
    expect(pruned(DAY, 2 ** 30)).to.deep.equal([150]);
    expect(store.select({ limit: 20_000 }).filter(({ name }) => name === 'okta')).to.have.length(300);
  });
});
