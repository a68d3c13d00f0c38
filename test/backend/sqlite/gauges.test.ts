import { statSync } from 'node:fs';
import { expect } from 'chai';
import type { SqliteBackend } from '../../../connector/backend/sqlite/sqlite-backend.ts';
import { call } from '../../conformance/company.ts';
import { User } from '../../conformance/people.ts';
import { opened } from './opened.ts';
import { temporaryFile } from './temporary-file.ts';

const read = (backend: SqliteBackend): ReadonlyMap<string, number> =>
  new Map(backend.gauges().map(({ name, labels, value }) => [name + (labels ? JSON.stringify(labels) : ''), value]));

describe('what a SQLite backend says of itself', () => {
  it('is how many changes shared how many commits, how long these took, what waits and what the files take', async () => {
    const file = temporaryFile();
    const backend = await opened(file);
    expect(read(backend).get('sqlite_commits_total')).to.equal(0);
    const creates = ['a', 'b', 'c'].map((userName) => backend.create(call, User, { userName }));
    // They are queued some microtasks later, and carried out a turn later at the earliest.
    for (let i = 0; i < 10; i += 1) await undefined;
    expect(read(backend).get('sqlite_commit_queue')).to.equal(3);
    await Promise.all(creates);
    const after = read(backend);
    expect(after.get('sqlite_commit_queue')).to.equal(0);
    expect(after.get('sqlite_commits_total')).to.equal(1);
    expect(after.get('sqlite_commit_operations_total')).to.equal(3);
    expect(after.get('sqlite_commit_seconds_total')).to.be.greaterThan(0);
    expect(after.get('sqlite_file_bytes{"file":"database"}')).to.equal(statSync(file).size);
    expect(after.get('sqlite_file_bytes{"file":"wal"}')).to.equal(statSync(`${file}-wal`).size);
    await backend.close();
    expect(backend.gauges()).to.deep.equal([]);
  });
});
