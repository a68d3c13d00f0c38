import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { backup, restore } from '../../../../connector/backend/sqlite/file/backup.ts';
import { checkIntegrity } from '../../../../connector/backend/sqlite/file/integrity.ts';
import { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import { call, everyone } from '../../../conformance/company.ts';
import { User } from '../../../conformance/people.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { temporaryFile } from '../temporary-file.ts';

const backendOf = (file: string): SqliteBackend => new SqliteBackend({ file, passwords: 'discard' });

async function filled(file: string, count: number): Promise<void> {
  const backend = backendOf(file);
  await backend.open();
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      backend.create(call, User, { userName: `user${i}`, title: 'x'.repeat(300), emails: [{ value: `${i}@x.org` }] }),
    ),
  );
  await backend.close();
}

const tamper = (file: string, statement: string): void => {
  const db = new Database(file);
  db.exec(statement);
  db.close();
};

describe('database files', () => {
  it('are made with their folder, for their owner alone', async function () {
    if (process.platform === 'win32') this.skip();
    const file = temporaryFile(join('a', 'b', 'people.db'));
    const backend = backendOf(file);
    await backend.open();
    await backend.create(call, User, { userName: 'ann' });
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    expect(mode(dirname(file))).to.equal('700');
    for (const path of [file, `${file}-wal`, `${file}-lock`]) expect(mode(path)).to.equal('600');
    await backend.close();
    expect(existsSync(`${file}-wal`)).to.equal(false);
  });

  it('are one file for anybody to read once closed, unless somebody is reading', async () => {
    const file = temporaryFile();
    await filled(file, 1);
    // Read and write version in the header: 1 is a rollback journal, 2 is WAL (SQLite file format §1.3.3).
    expect([...readFileSync(file).subarray(18, 20)]).to.deep.equal([1, 1]);
    const backend = backendOf(file);
    await backend.open();
    const reader = new Database(file, { readonly: true });
    expect(reader.prepare('SELECT count(*) FROM users').pluck().get()).to.equal(1);
    await backend.close();
    expect(reader.prepare('SELECT count(*) FROM users').pluck().get()).to.equal(1);
    reader.close();
  });

  it('of a newer version are refused and not touched', async () => {
    const file = temporaryFile();
    await filled(file, 1);
    tamper(file, 'PRAGMA user_version = 99');
    const before = readFileSync(file);
    const error = await refusal(backendOf(file).open(), 'unavailable');
    expect(error.message).to.contain('written by a newer version').and.contain('99');
    expect(readFileSync(file).equals(before)).to.equal(true);
  });

  it('of another program are refused and not touched', async () => {
    const file = temporaryFile();
    tamper(file, 'CREATE TABLE theirs (x)');
    const before = readFileSync(file);
    const error = await refusal(backendOf(file).open(), 'unavailable');
    expect(error.message).to.contain('another program').and.contain(file);
    expect(readFileSync(file).equals(before)).to.equal(true);
  });

  it('that are no database are refused and not touched', async () => {
    const file = temporaryFile();
    writeFileSync(file, 'userName;email\nann;ann@x.org\n'.repeat(200));
    const error = await refusal(backendOf(file).open(), 'unavailable');
    expect(error.message).to.contain('not a SQLite database').and.contain(file);
    expect(readFileSync(file, 'utf8')).to.match(/^userName;email/);
  });

  it('that lost their end are refused', async () => {
    const file = temporaryFile();
    await filled(file, 300);
    truncateSync(file, statSync(file).size - 5 * 4096);
    const error = await refusal(backendOf(file).open(), 'unavailable');
    expect(error.message).to.contain('damaged');
  });

  it('that were overwritten in the middle are refused, and the check says so', async () => {
    const file = temporaryFile();
    await filled(file, 300);
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096 * 6, 4096 * 14);
    writeFileSync(file, bytes);
    const error = await refusal(backendOf(file).open(), 'unavailable');
    expect(error.message).to.contain('damaged').and.contain('backup');
  });

  it('pass the full check when sound, also while in use', async () => {
    const file = temporaryFile();
    await filled(file, 50);
    const backend = backendOf(file);
    await backend.open();
    expect(checkIntegrity(file)).to.deep.equal([]);
    await backend.close();
  });

  it('fail the full check when a count is wrong', async () => {
    const file = temporaryFile();
    await filled(file, 5);
    tamper(file, 'UPDATE block_count SET live = 9');
    expect(checkIntegrity(file).join()).to.contain('count');
  });

  it('that are a folder, or in one that cannot be written, are refused', async () => {
    const file = temporaryFile();
    mkdirSync(file);
    await refusal(backendOf(file).open(), 'unavailable');
    const inFile = join(temporaryFile(), 'people.db');
    writeFileSync(dirname(inFile), '');
    expect((await refusal(backendOf(inFile).open(), 'unavailable')).message).to.contain('cannot be created');
    // A folder that exists and takes no other: Node's recursive mkdir would try for ever.
    const pseudo = process.platform === 'linux' ? '/proc/none/people.db' : inFile;
    expect((await refusal(backendOf(pseudo).open(), 'unavailable')).message).to.contain('cannot be created');
    // Root may write anywhere.
    if (process.platform === 'win32' || process.getuid?.() === 0) return;
    const locked = temporaryFile();
    chmodSync(dirname(locked), 0o500);
    expect((await refusal(backendOf(locked).open(), 'unavailable')).message).to.contain('permissions');
  });

  it('in use are refused by any of their names, and opened by any of them afterwards', async function () {
    if (process.platform === 'win32') this.skip();
    const file = temporaryFile();
    const link = join(dirname(file), 'link.db');
    symlinkSync(file, link);
    const [backend, second] = [backendOf(file), backendOf(link)];
    await backend.open();
    await backup(file, `${file}.copy`);
    for (const name of [file, link]) {
      expect((await refusal(backendOf(name).open(), 'unavailable')).message).to.match(
        /in use by this connector .* restart it/,
      );
      expect((await refusal(restore(`${file}.copy`, name), 'unavailable')).message).to.contain('in use');
    }
    await backend.close();
    await second.open();
    await second.close();
  });

  it('locked by another program make a write unavailable, not the backend', async () => {
    const file = temporaryFile();
    const backend = backendOf(file);
    await backend.open();
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const error = await refusal(backend.create(call, User, { userName: 'ann' }), 'unavailable');
    expect(error.message).to.contain('another program');
    expect(error.retryAfter).to.be.a('number');
    expect((await backend.list(call, User, everyone)).total).to.equal(0);
    other.exec('ROLLBACK');
    other.close();
    await backend.create(call, User, { userName: 'ann' });
    await backend.close();
  });

  it('that were moved away make ping unavailable', async () => {
    const file = temporaryFile();
    const backend = backendOf(file);
    await backend.open();
    await backend.ping();
    const { renameSync } = await import('node:fs');
    renameSync(file, `${file}.old`);
    await refusal(backend.ping(), 'unavailable');
    await backend.close();
    await refusal(backend.ping(), 'unavailable');
  });

  it('hold no password in clear, and a hash only when asked for', async () => {
    for (const passwords of ['hash', 'discard'] as const) {
      const file = temporaryFile();
      const backend = new SqliteBackend({ file, passwords });
      await backend.open();
      await backend.create(call, User, { userName: 'ann', password: 't1meMa$heen' });
      await backend.close();
      expect(backend.capabilities.password).to.equal(passwords === 'hash');
      const text = readFileSync(file, 'latin1');
      expect(text).to.not.contain('t1meMa$heen');
      expect(text.includes('$argon2id$v=19$m=19456,t=2,p=1$')).to.equal(passwords === 'hash');
    }
  });
});
