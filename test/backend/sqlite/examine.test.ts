import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { examine } from '../../../connector/backend/sqlite/examine.ts';
import { spaceFindings } from '../../../connector/backend/sqlite/file/space-findings.ts';
import { SqliteBackend } from '../../../connector/backend/sqlite/sqlite-backend.ts';
import { temporaryFile } from './temporary-file.ts';

const settings = (file: string) => ({ file, passwords: 'discard' }) as const;
const looked = (file: string): string =>
  examine(settings(file))
    .map(({ status, text }) => `${status} ${text}`)
    .join('\n');

async function made(file: string): Promise<string> {
  const backend = new SqliteBackend(settings(file));
  await backend.open();
  await backend.close();
  return file;
}

/** Another program that holds the database until its input ends. */
async function holding(file: string, statement: string) {
  const text = `
    const db = new (require('better-sqlite3'))(${JSON.stringify(file)});
    db.exec(${JSON.stringify(statement)});
    console.log('held');
    process.stdin.resume();`;
  const program = spawn(process.execPath, ['-e', text], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(program.stdout, 'data');
  return async () => {
    program.stdin.end();
    await once(program, 'exit');
  };
}

describe('the examination of a database file', () => {
  it('finds one that can be written in order, and changes nothing', async () => {
    const file = await made(temporaryFile());
    const before = readFileSync(file);
    expect(looked(file)).to.match(/^ok sqlite .*people\.db, 0 users, 0 groups, undamaged$/);
    expect(readFileSync(file).equals(before)).to.equal(true);
    expect(readdirSync(dirname(file)).sort()).to.deep.equal(['people.db', 'people.db-lock']);
  });

  it('finds one in order that another program reads and writes now and then', async () => {
    const file = await made(temporaryFile());
    const release = await holding(file, 'PRAGMA journal_mode = WAL; BEGIN; SELECT count(*) FROM users');
    expect(looked(file)).to.match(/^ok /);
    await release();
  });

  for (const [how, statement] of [
    ['in a transaction', 'PRAGMA journal_mode = WAL; BEGIN IMMEDIATE'],
    ['before the first write', 'BEGIN IMMEDIATE'],
  ] as const)
    it(`fails while another program keeps it locked ${how}`, async () => {
      const file = await made(temporaryFile());
      const release = await holding(file, statement);
      try {
        expect(() => looked(file)).to.throw(/people\.db is locked by another program.*fuser/);
      } finally {
        await release();
      }
      expect(looked(file)).to.match(/^ok /);
    });

  it('fails while another program keeps it for itself', async () => {
    const file = await made(temporaryFile());
    const release = await holding(file, 'BEGIN EXCLUSIVE');
    expect(() => looked(file)).to.throw(/another program holds the database locked/);
    await release();
  });

  it('fails for a damaged one', async () => {
    const file = await made(temporaryFile());
    const db = new Database(file);
    db.exec("UPDATE block_count SET live = 7; INSERT INTO block_count VALUES ('User', 9, 7)");
    db.close();
    expect(looked(file)).to.match(/^failed .*is damaged; restore a backup: the count of User/);
  });

  it('warns of a disk with little room, and fails where a write would not fit', () => {
    const MIB = 1024 * 1024;
    const [told = []] = [spaceFindings('/x/people.db', 300 * MIB)];
    expect(told).to.deep.equal([]);
    expect(spaceFindings('/x/people.db', 200.5 * MIB)).to.deep.equal([
      { status: 'warning', text: 'the disk of /x/people.db has 200 MiB left; free some space' },
    ]);
    expect(spaceFindings('/x/people.db', 0)[0]).to.include({ status: 'failed' });
  });

  describe('on a disk of its own', () => {
    const mounted = mkdtempSync(join(tmpdir(), 'scim-sqlite-disk-'));
    const at = (...names: readonly string[]): string => join(mounted, ...names);
    const mount = (...words: readonly string[]) => execFileSync('mount', words, { stdio: 'ignore' });
    before(function needsRoot() {
      try {
        mount('-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', mounted);
      } catch {
        this.skip();
      }
    });
    after(() => {
      try {
        execFileSync('umount', ['-R', mounted], { stdio: 'ignore' });
      } catch {
        // It was never mounted.
      }
      rmSync(mounted, { recursive: true, force: true });
    });

    it('fails where there is no room, before the first start too', () => {
      expect(looked(at('people.db'))).to.match(
        /^ok .*made at the first start\nfailed the disk of .* has [12] MiB left/,
      );
      expect(looked(at('new', 'people.db'))).to.match(/\nfailed the disk of /);
    });

    it('fails for a file, or one beside it, that cannot be written', async () => {
      const file = await made(at('people.db'));
      for (const ending of ['', '-lock', '-wal']) {
        writeFileSync(`${file}${ending}`, '', { flag: 'a' });
        mount('--bind', '-o', 'ro', `${file}${ending}`, `${file}${ending}`);
        mount('-o', 'remount,bind,ro', `${file}${ending}`);
        expect(() => looked(file)).to.throw(`${file}${ending} cannot be written (EROFS); check its owner`);
        execFileSync('umount', [`${file}${ending}`]);
      }
    });

    it('fails for a folder that cannot be written', () => {
      mkdirSync(at('closed'));
      mount('-o', 'remount,ro', mounted);
      expect(() => looked(at('closed', 'people.db'))).to.throw(/EROFS/);
    });
  });
});
