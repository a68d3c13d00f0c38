import { expect } from 'chai';
import { entryOf } from '../../connector/journal/entry.ts';
import { JournalFile } from '../../connector/journal/file/journal-file.ts';
import { recordedChanges } from '../../connector/journal/recorded-changes.ts';
import { journalRecord } from '../support/journal-record.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('what a record keeps of values', () => {
  const folder = temporaryFolder();

  it('is bounded, however long the parts of many values are', () => {
    const long = 'x'.repeat(60_000);
    const emails = Array.from({ length: 1000 }, (_, i) => ({ value: `${i}${long}`, type: 'work' }));
    const changes = recordedChanges(undefined, { emails, name: { formatted: long, familyName: long } });
    const entry = entryOf(journalRecord({ changes }));
    expect(JSON.stringify(entry).length).to.be.within(10_000, 50_000);
    expect(JSON.stringify(changes)).to.contain(`${'x'.repeat(200)}`);
  });

  it('is found by its whole name alone, whatever is on a line of it', () => {
    const journal = new JournalFile(`${folder.path}/journal.db`);
    const record = journalRecord({ name: 'mallory\nann@example.com\r\nx', changes: [] });
    journal.write({ records: [entryOf(record)], intents: [], told: [] });
    expect(journal.select({ about: 'ann@example.com' })).to.have.length(0);
    expect(journal.select({ about: 'Mallory\nann@example.com\r\nx' })).to.have.length(1);
    expect(journal.select({ about: 'mallory ann@example.com x' })).to.have.length(1);
    journal.close();
  });
});
