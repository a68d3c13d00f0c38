import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import { call } from '../../../conformance/company.ts';
import { Group, User } from '../../../conformance/people.ts';
import { opened } from '../opened.ts';
import { temporaryFile } from '../temporary-file.ts';

const TOGETHER = 16;
const WITHOUT = { without: ['groups', 'members'] } as const;

/** What this process has written so far, to files of any kind. Unit: bytes. */
const written = (): number => Number(/^wchar: (\d+)/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);

async function make(backend: SqliteBackend, prefix: string, count: number): Promise<readonly { value: string }[]> {
  const made: { value: string }[] = [];
  for (let first = 0; first < count; first += TOGETHER) {
    const names = Array.from({ length: TOGETHER }, (_, n) => `${prefix}${first + n}`);
    const some = names.map((userName) =>
      backend.create(call, User, { userName, title: 'x'.repeat(300), emails: [{ value: `${userName}@example.com` }] }),
    );
    for (const { id } of await Promise.all(some)) made.push({ value: id });
  }
  return made;
}

describe('what a change of people writes', () => {
  it('is what is stored, and not beside it what a savepoint could undo', async function () {
    if (process.platform !== 'linux') this.skip();
    const backend = await opened(temporaryFile());
    const members = await make(backend, 'member', 800);
    // Shares its transaction, and touches more than SQLite keeps in memory of one savepoint: from then on it kept none there.
    await Promise.all([
      make(backend, 'other', TOGETHER),
      backend.create(call, Group, { displayName: 'G', members }, WITHOUT),
      backend.create(call, Group, { displayName: 'H', members }, WITHOUT),
    ]);
    const before = written();
    await make(backend, 'later', 320);
    const each = (written() - before) / 320;
    await backend.close();
    expect(each).to.be.below(11_000);
  });
});
