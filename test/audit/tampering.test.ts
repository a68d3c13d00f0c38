import { createSecretKey } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { hashOf, keyName } from '../../connector/audit/chain.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fileIn, KEY, problemsOf, tamper, verdictOn, write } from './chain-support.ts';

/** Nothing kept elsewhere: what the file itself gives away. */
const ALONE = { anchors: [], given: 0 };

describe('an audit log that somebody has changed', () => {
  const folder = temporaryFolder();
  beforeEach(() => write(folder.path, 10));
  const sql = (...statements: string[]): void =>
    tamper(folder.path, (db) => {
      for (const statement of statements) db.exec(statement);
    });
  const problems = (evidence = {}) => problemsOf(folder.path, evidence);

  it('is whole as it was written', () => {
    expect(problems()).to.deep.equal([]);
    expect(verdictOn(folder.path)).to.deep.include({ entries: 10, first: 1, last: 10, anchored: 10 });
  });

  for (const column of ['time', 'app', 'doc', 'key', 'prev', 'hash'])
    for (const seq of [1, 5, 10])
      it(`names entry ${seq} when its ${column} differs by one character`, () => {
        const value = column === 'time' ? 'time + 1' : `substr(${column}, 1, length(${column}) - 1) || '~'`;
        sql(`UPDATE audit SET ${column} = ${value} WHERE seq = ${seq}`);
        const kind = column === 'key' ? 'other key' : 'changed';
        expect(problems(ALONE)).to.deep.equal([`${kind} ${seq}`]);
      });

  it('names every single byte of a document that is flipped', () => {
    tamper(folder.path, (db) => {
      const { doc: text } = db.prepare('SELECT doc FROM audit WHERE seq = 5').get() as { doc: string };
      for (let at = 0; at < text.length; at += 7) {
        const flipped = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ 1)}${text.slice(at + 1)}`;
        db.prepare('UPDATE audit SET doc = ? WHERE seq = 5').run(flipped);
        expect(problems(ALONE), flipped).to.deep.equal(['changed 5']);
      }
      db.prepare('UPDATE audit SET doc = ? WHERE seq = 5').run(text);
    });
    expect(problems()).to.deep.equal([]);
  });

  it('names what was removed from its middle, with the time around it', () => {
    sql('DELETE FROM audit WHERE seq BETWEEN 4 AND 6');
    const { problems: found } = verdictOn(folder.path, ALONE);
    expect(found).to.deep.equal([
      { kind: 'removed', from: 4, to: 6, after: '2026-11-28T02:00:02.000Z', before: '2026-11-28T02:00:06.000Z' },
    ]);
  });

  it('names what was removed at its beginning', () => {
    sql('DELETE FROM audit WHERE seq <= 3');
    expect(problems(ALONE)).to.deep.equal(['cut 1-3']);
  });

  it('names what was removed at its end, by what SQLite remembers, by audit.head and by the log', () => {
    sql('DELETE FROM audit WHERE seq > 7');
    expect(problems({ anchors: [] })).to.deep.equal(['cut 8-10']);
    sql(`UPDATE sqlite_sequence SET seq = 7 WHERE name = 'audit'`);
    expect(problems()).to.deep.equal(['cut 8-10']);
    expect(problems({ anchors: [{ seq: 9, hash: 'x' }] })).to.deep.equal(['cut 8-9']);
    // Nothing is left that could know.
    expect(problems({ anchors: [] })).to.deep.equal([]);
    expect(verdictOn(folder.path, { anchors: [] }).anchored).to.equal(0);
  });

  it('names two that have changed places', () => {
    sql(
      'UPDATE audit SET seq = 99 WHERE seq = 3',
      'UPDATE audit SET seq = 3 WHERE seq = 4',
      'UPDATE audit SET seq = 4 WHERE seq = 99',
    );
    expect(problems({ anchors: [] })).to.include.members(['changed 3', 'changed 4']);
  });

  it('names one that was put in a second time', () => {
    sql('INSERT INTO audit SELECT 11, time, app, doc, key, prev, hash FROM audit WHERE seq = 5');
    expect(problems(ALONE)).to.deep.equal(['changed 11']);
  });

  it('names one that was made up, chained without the key', () => {
    tamper(folder.path, (db) => {
      const { hash } = db.prepare('SELECT hash FROM audit WHERE seq = 10').get() as { hash: string };
      const row = { seq: 11, time: 0, app: '', doc: '{}', key: keyName(KEY), prev: hash };
      const forged = hashOf(createSecretKey(Buffer.alloc(32)), row);
      db.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)').run(...Object.values(row), forged);
    });
    expect(problems(ALONE)).to.deep.equal(['changed 11']);
  });

  it('shows a chain that somebody with the key has made anew, by the log alone', () => {
    const kept = { seq: 10, hash: '' };
    tamper(folder.path, (db) => {
      Object.assign(kept, db.prepare('SELECT hash FROM audit WHERE seq = 10').get());
      db.exec('DELETE FROM audit');
      db.exec(`DELETE FROM sqlite_sequence WHERE name = 'audit'`);
    });
    write(folder.path, 12, 500);
    expect(problems({ anchors: [] })).to.deep.equal([]);
    expect(problems({ anchors: [kept] })).to.deep.equal(['replaced 10']);
  });

  it('shows an older copy in its place', () => {
    copyFileSync(fileIn(folder.path), `${fileIn(folder.path)}.old`);
    write(folder.path, 5, 10);
    tamper(folder.path, (db) => void db.pragma('wal_checkpoint(TRUNCATE)'));
    copyFileSync(`${fileIn(folder.path)}.old`, fileIn(folder.path));
    expect(problems()).to.deep.equal(['cut 11-15']);
  });

  it('that was truncated on the disk is no database, or names what is missing', () => {
    tamper(folder.path, (db) => void db.pragma('wal_checkpoint(TRUNCATE)'));
    const bytes = readFileSync(fileIn(folder.path));
    writeFileSync(fileIn(folder.path), bytes.subarray(0, bytes.length - 4096));
    expect(() => expect(problems()).not.to.deep.equal([])).to.satisfy((run: () => void) => {
      try {
        run();
        return true;
      } catch (error) {
        return /malformed|not a database|disk image/.test(String(error));
      }
    });
  });

  it('of another key is one problem, and not one for each entry', () => {
    expect(problems({ ...ALONE, key: Buffer.alloc(32, 9) })).to.deep.equal(['other key 1-10']);
  });
});
