import { join } from 'node:path';
import { expect } from 'chai';
import { entryOf } from '../../../connector/journal/entry.ts';
import { JournalFile } from '../../../connector/journal/file/journal-file.ts';
import type { JournalRecord } from '../../../connector/journal/record.ts';
import { type Explanation, explain } from '../../../connector/operations/explain/explain.ts';
import { readerOf } from '../../support/filled-journal.ts';
import { journalRecord } from '../../support/journal-record.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 28, 12, minutes)).toISOString();

const REFUSED: Partial<JournalRecord> = {
  time: at(30),
  ref: 'AAAA-2222',
  outcome: 'refused',
  reason: 'invalidValue',
  fault: 'value-refused-by-schema',
  text: 'emails.value (mail) "é" does not have the form that the directory asks for',
  diagnostic: 'mail: value #0 invalid per syntax',
};

describe('explain', () => {
  const folder = temporaryFolder();
  let journal: JournalFile;
  beforeEach(() => {
    journal = new JournalFile(join(folder.path, 'journal.db'));
  });
  afterEach(() => journal.close());

  const keep = (...records: readonly Partial<JournalRecord>[]): void => {
    journal.write({ records: records.map((one) => entryOf(journalRecord(one))), intents: [], told: [] });
  };
  const asked = (text: string): Promise<Explanation> => explain(text, async () => readerOf(journal));
  const offline = (text: string): Promise<Explanation> =>
    explain(text, async () => {
      throw new Error('no journal is needed');
    });

  it('tells of a reference what was wanted, what the backend said, and the fault', async () => {
    keep(REFUSED);
    const { found, records, fault } = await asked('aaaa2222');
    expect(found).to.equal(true);
    expect(records[0]).to.deep.include({ ref: 'AAAA-2222', diagnostic: 'mail: value #0 invalid per syntax' });
    expect(fault).to.deep.include({
      code: 'value-refused-by-schema',
      whose: 'the mapping in Okta',
      retry: 'after the fix',
    });
  });

  it('shows what came shortly before and after for the same person, and for nobody else', async () => {
    keep(
      { time: at(1), ref: 'LONG-AGA2' },
      { time: at(20), ref: 'BEFR-2222' },
      { time: at(25), ref: 'QTHR-2222', id: '43', name: 'other@example.com' },
      REFUSED,
      { time: at(31), ref: 'AFTR-2222' },
    );
    const { around } = await asked('(ref AAAA-2222)');
    expect(around.map(({ ref }) => ref)).to.deep.equal(['BEFR-2222', 'AFTR-2222']);
  });

  it('says that a reference is not in the journal, and tells what its text tells', async () => {
    keep(REFUSED);
    const { found, missing, fault } = await asked('User "42" not found (ref ZZZZ-2222)');
    expect(found).to.equal(true);
    expect(missing).to.deep.equal({ kind: 'absent' });
    expect(fault?.code).to.equal('id-unknown');
  });

  it('finds nothing where a bare reference is unknown', async () => {
    expect(await asked('ZZZZ-2222')).to.deep.include({
      found: false,
      reference: 'ZZZZ-2222',
      missing: { kind: 'absent' },
    });
    const unread = await explain('ZZZZ-2222', async () => ({ none: 'no journal is kept' }));
    expect(unread.missing).to.deep.equal({ kind: 'none', why: 'no journal is kept' });
  });

  it('knows the fault of a record that has no code by its text', async () => {
    keep({ ...REFUSED, fault: 'of-another-version' });
    expect((await asked('AAAA-2222')).fault?.code).to.equal('value-refused-by-schema');
  });

  it('tells what was left out of what was done', async () => {
    keep({ ref: 'DQNE-2222', ignored: ['password'] }, { ref: 'FREE-2222' });
    expect((await asked('DQNE-2222')).fault?.code).to.equal('password-unmapped');
    expect(await asked('FREE-2222'))
      .to.include({ found: true })
      .and.not.have.property('fault');
  });

  it('takes a code in any spelling, without a journal', async () => {
    for (const text of ['port-taken', 'PORT-TAKEN', 'port taken', 'port_taken'])
      expect((await offline(text)).fault?.code, text).to.equal('port-taken');
  });

  it('finds codes by words', async () => {
    expect((await offline('size limit')).fault?.code).to.equal('directory-size-limit');
    expect((await offline('disk full')).fault?.code).to.equal('disk-full');
    const several = await offline('certificate');
    expect(several.found).to.equal(false);
    expect(several.possible.length).to.be.above(3);
  });

  it('takes a word for no reference, though it has as many letters', async () => {
    for (const text of ['database', 'password']) {
      const { reference, possible } = await offline(text);
      expect(reference, text).to.equal(undefined);
      expect(possible.length, text).to.be.above(1);
    }
  });

  it('finds nothing by parts of words', async () => {
    for (const text of ['nothing-known', 'no-such-code', 'frobnicate']) {
      const { found, possible } = await offline(text);
      expect([found, possible], text).to.deep.equal([false, []]);
    }
  });

  it('names what a status alone may mean', async () => {
    const { found, possible } = await offline(
      'The Provisioning Agent call to createNewUser failed. Error code: 409, error: Conflict.',
    );
    expect(found).to.equal(false);
    expect(possible.map(({ code }) => code)).to.deep.equal(['user-name-taken', 'value-taken']);
  });
});
