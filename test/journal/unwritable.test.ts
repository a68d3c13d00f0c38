import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { User } from '../conformance/people.ts';
import { refusal } from '../conformance/refusal.ts';
import { draftOf, Journalled, newCall } from './journalled.ts';

describe('a journal that cannot be written', () => {
  let kept: Journalled;
  beforeEach(() => {
    kept = new Journalled();
  });
  afterEach(async () => {
    await kept.stop();
    kept.remove();
  });

  const make = (userName: string) => kept.service.create(newCall(), User, () => draftOf({ userName }));

  /** A folder where the file should be: also root cannot open that. */
  const block = (): void => mkdirSync(kept.file);

  it('stops nobody, is told once, and has everything once it can be written', async () => {
    block();
    await kept.start();
    for (const name of ['ann', 'bob', 'eve']) {
      await make(name);
      kept.journal.flush();
    }
    expect(kept.told).to.have.length(1);
    expect(kept.told[0]).to.match(/^error: .*journal\.db: no journal is kept: it cannot be opened; check its folder/);
    expect(kept.journal.health).to.include({ waiting: 3, lost: 0 });
    expect(kept.journal.health.failure).to.match(/cannot be opened/);
    expect(kept.journal.health.failingSince).to.be.at.most(Date.now());
    const gauge = (wanted: string) => kept.journal.gauges().find(({ name }) => name === wanted)?.value;
    expect(gauge('journal_writable')).to.equal(0);
    expect(gauge('journal_oldest_record_timestamp_seconds')).to.equal(undefined);
    rmSync(kept.file, { recursive: true });
    expect(kept.names()).to.deep.equal(['ann', 'bob', 'eve']);
    expect(kept.journal.health).to.deep.equal({ waiting: 0, written: 3, lost: 0 });
    expect(gauge('journal_writable')).to.equal(1);
    expect(gauge('journal_bytes')).to.be.greaterThan(0);
    expect(gauge('journal_oldest_record_timestamp_seconds')).to.be.closeTo(Date.now() / 1000, 600);
    expect(kept.told[1]).to.match(/^warn: .* the journal is kept again$/);
  });

  it('leaves what happened to the next start when it stays so', async () => {
    block();
    await kept.start();
    await make('ann');
    await kept.stop();
    await kept.start();
    expect(await kept.waiting()).to.equal(1);
    await kept.stop();
    rmSync(kept.file, { recursive: true });
    await kept.start();
    expect(kept.names()).to.deep.equal(['ann']);
  });

  it('refuses changes, and nothing else, where a record is required', async () => {
    kept = new Journalled({ required: true });
    block();
    await kept.start();
    const error = await refusal(make('ann'), 'unavailable');
    expect(error.message).to.match(
      /audit\.required.*and the journal cannot be written: it cannot be opened; check its folder/,
    );
    expect((await kept.service.list(newCall(), User, () => ({ offset: 0, limit: 9 }))).total).to.equal(0);
    rmSync(kept.file, { recursive: true });
    kept.journal.flush();
    await make('ann');
    expect(kept.records().map(({ name, outcome }) => [name, outcome])).to.deep.equal([
      // Before it was read whom it is about.
      [undefined, 'refused'],
      ['ann', 'done'],
    ]);
  });

  it('is begun anew where it was removed under the connector, which says so', async () => {
    await kept.start();
    await make('ann');
    kept.journal.flush();
    renameSync(kept.file, `${kept.file}.away`);
    for (const side of ['-wal', '-shm']) rmSync(`${kept.file}${side}`);
    await make('bob');
    kept.journal.flush();
    expect(kept.told.join()).to.match(/it was moved or replaced; a new one is begun/);
    await make('eve');
    await kept.journal.rest();
    // "ann" had not reached the disk, and is still known beside her change.
    expect([...kept.names()].sort()).to.deep.equal(['ann', 'bob', 'eve']);
  });

  it('is put aside where it is damaged, before a start and under way', async () => {
    writeFileSync(kept.file, 'no database at all, but long enough to be taken for one: '.repeat(50));
    await kept.start();
    await make('ann');
    expect(kept.names()).to.deep.equal(['ann']);
    expect(existsSync(`${kept.file}.damaged`)).to.equal(true);
    await kept.stop();
    truncateSync(kept.file, 8192);
    await kept.start();
    await make('bob');
    expect(kept.names()).to.include('bob');
  });

  it('waits for the lock of another program, and loses nothing', async () => {
    await kept.start();
    const other = new Database(kept.file);
    other.exec('BEGIN IMMEDIATE');
    await make('ann');
    kept.journal.flush();
    expect(kept.told).to.deep.equal([]);
    expect(kept.journal.health.waiting).to.equal(1);
    other.exec('ROLLBACK');
    other.close();
    expect(kept.names()).to.deep.equal(['ann']);
  });

  it('is left alone where it is of another program, or of a later version', async () => {
    const later = new Database(kept.file);
    later.pragma('application_id = 0x5343494a');
    later.pragma('user_version = 99');
    later.close();
    await kept.start();
    await make('ann');
    kept.journal.flush();
    expect(kept.told).to.have.length(1);
    expect(kept.told[0]).to.match(/newer version of the connector; install that one/);
    expect(existsSync(`${kept.file}.damaged`)).to.equal(false);
    await kept.stop();
    const other = new Database(kept.file);
    other.pragma('application_id = 7');
    other.close();
    await kept.start();
    expect(kept.told.at(-1)).to.match(/of another program; move it away/);
    expect(await kept.waiting()).to.equal(1);
  });

  it('is for its owner alone', async function () {
    await kept.start();
    if (process.platform === 'win32') this.skip();
    await make('ann');
    kept.journal.flush();
    for (const side of ['', '-wal', '-shm']) expect(statSync(`${kept.file}${side}`).mode & 0o777, side).to.equal(0o600);
  });

  it('is told when it may not be written', async function () {
    await kept.start();
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    await kept.stop();
    chmodSync(kept.file, 0o400);
    await kept.start();
    await make('ann');
    expect(kept.told.at(-1)).to.match(/cannot be written|check its owner/);
  });
});
