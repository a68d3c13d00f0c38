import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { JournalFile } from '../../../connector/journal/file/journal-file.ts';
import type { JournalRecord } from '../../../connector/journal/record.ts';
import { makeHash } from '../../../connector/journal/values/value-hash.ts';
import { hashing, leavingOut, type Veil } from '../../../connector/journal/values/veil.ts';
import { journalRecord } from '../../support/journal-record.ts';
import { recordsIn } from '../../support/records-in.ts';

const UUID = '0b4fe1d2-9f0a-4a8e-9d38-3a1f6c2b7e55';
/** A person in every place where one can stand. */
const RECORD: JournalRecord = journalRecord({
  type: 'User',
  id: 'canary-id',
  name: 'Canary.Name',
  outcome: 'refused',
  changes: [
    { path: 'userName', before: 'canary-old', after: 'Canary.Name' },
    { path: 'emails', after: [{ value: 'canary@example.com', type: 'work', primary: true }] },
    { path: 'name', after: { familyName: 'canary-family' } },
    { path: 'urn:x:costCode', after: 4711_4711 },
    { path: 'active', before: true, after: false },
    { path: 'password', secret: 'set' },
  ],
  joined: { ids: [UUID, 'canary-member'], count: 2 },
  left: { ids: ['uid=canary-left,ou=people,dc=x'], count: 1 },
  leftOut: ['canary-manager'],
  text: 'emails.value (mail) "canary@quoted" is taken by canary.name? no: Canary.Name',
  hint: 'rename "canary-hint"',
  diagnostic: 'value of uid=canary-diag,ou=people,dc=x is in use (canary-family)',
  sent: [
    [
      'dn: uid=canary-dn,ou=people,dc=x',
      'changetype: modify',
      'replace: mail',
      'mail: canary-mail',
      '# sn: canary-comment é',
      `sn:: ${Buffer.from('canary-encoded é').toString('base64')}`,
      '-',
      '# replace: userPassword (the password)',
      'member: cn=canary-cn,dc=x',
      'newrdn: uid=canary-rdn',
      'a line that canary made up',
    ].join('\n'),
  ],
});

describe('values of people in the journal', () => {
  const folders: string[] = [];
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  /** A journal with `RECORD` in it, and how it is made. */
  function keeping(veilOf: (file: string) => Veil): { readonly file: string; readonly record: JournalRecord } {
    const folder = mkdtempSync(join(tmpdir(), 'veil-'));
    folders.push(folder);
    const file = join(folder, 'journal.db');
    const store = new JournalFile(file);
    store.write({ records: [veilOf(file)(RECORD)], intents: [], told: [] });
    const [record] = store.select({});
    store.close();
    if (!record) throw new Error('nothing was kept');
    return { file, record };
  }
  const find = (file: string, about: string): number => recordsIn(file, { about }).length;
  const hashed = (): ReturnType<typeof keeping> => keeping((file) => hashing(makeHash(file)));

  it('are nowhere in it where they are hashed or left out', () => {
    for (const { record } of [hashed(), keeping(() => leavingOut)]) {
      const text = JSON.stringify(record);
      expect(text).not.to.match(/canary/i);
      expect(text).not.to.contain(Buffer.from('canary').toString('base64').slice(0, 7));
      expect(text).not.to.contain('47114711');
    }
  });

  it('are known to be equal where they are hashed, and what is no value stays', () => {
    const { record } = hashed();
    const [login, emails, , , active, password] = record.changes ?? [];
    expect(login).to.deep.include({ path: 'userName', after: record.name });
    expect(record.name).to.match(/^~[\w-]{12}$/);
    expect((emails as unknown as { after: object[] }).after[0]).to.include({ type: 'work', primary: true });
    expect(active).to.deep.equal({ path: 'active', before: true, after: false });
    expect(password).to.deep.equal({ path: 'password', secret: 'set' });
    expect(record.joined?.ids[0]).to.equal(UUID);
    expect(record.joined?.count).to.equal(2);
    expect(record.text).to.contain(record.name);
    const [ldif = ''] = record.sent ?? [];
    expect(ldif).to.match(
      /^dn: uid=~[\w-]{12},ou=people,dc=x\nchangetype: modify\nreplace: mail\nmail: ~[\w-]{12}\n# sn: ~/,
    );
    expect(ldif).to.contain('# replace: userPassword (the password)');
  });

  it('are found by name, address and id all the same, where they are hashed', () => {
    const { file } = hashed();
    for (const about of ['canary.name', ' CANARY.NAME', 'canary-old', 'canary@example.com', UUID, 'canary-member'])
      expect(find(file, about), about).to.equal(1);
    expect(find(file, 'canary.nam')).to.equal(0);
  });

  it('are found by an id that shows nothing, where they are left out', () => {
    const { file, record } = keeping(() => leavingOut);
    expect([find(file, UUID), find(file, 'canary.name')]).to.deep.equal([1, 0]);
    expect(record.changes?.[0]).to.deep.equal({ path: 'userName' });
    expect(record.changes?.[4]).to.deep.equal({ path: 'active', before: true, after: false });
    expect(record.joined).to.deep.equal({ ids: [UUID], count: 2 });
    expect(record.text).to.match(/^emails\.value \(mail\) "…" is taken by/);
  });

  it('have another hash in another journal, and the same after a restart', () => {
    const [one, other] = [hashed(), hashed()];
    expect(one.record.name).not.to.equal(other.record.name);
    expect(hashing(makeHash(one.file))(RECORD).record.name).to.equal(one.record.name);
    if (process.platform !== 'win32')
      expect(statSync(join(one.file, '..', 'journal.key')).mode & 0o777).to.equal(0o600);
  });
});
