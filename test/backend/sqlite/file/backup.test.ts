import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { backup, restore } from '../../../../connector/backend/sqlite/file/backup.ts';
import type { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import { call, found } from '../../../conformance/company.ts';
import { User } from '../../../conformance/people.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { everything, opened } from '../opened.ts';
import { temporaryFile } from '../temporary-file.ts';

describe('backups of a SQLite database', () => {
  let file: string;
  let backend: SqliteBackend;
  beforeEach(async () => {
    file = temporaryFile();
    backend = await opened(file);
  });
  afterEach(() => backend.close());

  it('backs up while a connector writes, and restores what was there', async () => {
    await found(backend);
    const before = await everything(backend);
    const target = `${file}.backup`;
    let writing = true;
    const writer = (async () => {
      for (let i = 0; writing; i += 1) await backend.create(call, User, { userName: `later${i}` });
    })();
    await backup(file, target);
    writing = false;
    await writer;
    expect(statSync(target).mode & 0o777).to.equal(0o600);
    expect(readdirSync(dirname(file)).filter((name) => name.includes('partial'))).to.deep.equal([]);
    await refusal(restore(target, file), 'unavailable');
    await backend.close();
    await restore(target, file);
    backend = await opened(file);
    expect(await everything(backend)).to.deep.equal(before);
  });

  it('overwrites no backup unasked, and never the database', async () => {
    const target = `${file}.backup`;
    await backup(file, target);
    await refusal(backup(file, target), 'unavailable');
    await backup(file, target, { overwrite: true });
    await refusal(backup(file, file, { overwrite: true }), 'unavailable');
  });

  it('refuses to restore a damaged backup or another file, and leaves the database alone', async () => {
    await found(backend);
    const before = await everything(backend);
    const target = `${file}.backup`;
    await backup(file, target);
    await backend.close();
    const bytes = readFileSync(target);
    bytes.fill(0x5a, 4096 * 6, 4096 * 9);
    writeFileSync(target, bytes);
    await refusal(restore(target, file), 'unavailable');
    writeFileSync(target, 'no database at all, but long enough to be taken for one: '.repeat(50));
    await refusal(restore(target, file), 'unavailable');
    await refusal(restore(`${file}.missing`, file), 'unavailable');
    expect(existsSync(`${file}.missing`)).to.equal(false);
    backend = await opened(file);
    expect(await everything(backend)).to.deep.equal(before);
  });

  /** A change whose record no journal has yet. */
  const unrecorded = async (userName: string): Promise<void> => {
    const trail = {
      enclose: () => userName,
      undone: () => undefined,
      intend: () => Promise.reject(new Error('not here')),
      sent: () => undefined,
    };
    await backend.create({ ...call, trail }, User, { userName });
  };
  const waiting = async (): Promise<readonly string[]> => (await backend.outbox.waiting(10)).map(({ text }) => text);

  it('holds people alone: no record waits in a backup, and those that waited in the database stay when it is restored', async () => {
    const target = `${file}.backup`;
    await unrecorded('before');
    await backup(file, target);
    const copy = await opened(target);
    expect(await copy.outbox.waiting(10)).to.deep.equal([]);
    await copy.close();
    await unrecorded('after');
    await backend.close();
    await restore(target, file);
    backend = await opened(file);
    expect(await waiting()).to.deep.equal(['before', 'after']);
    expect((await backend.list(call, User, { offset: 0, limit: 9 })).total).to.equal(1);
  });
});
