import { copyFileSync, renameSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { call, everyone } from '../../../conformance/company.ts';
import { User } from '../../../conformance/people.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { opened } from '../opened.ts';
import { temporaryFile } from '../temporary-file.ts';

/** What happens to files under a running connector. The system lets us go on writing where nobody reads. */
const ACCIDENTS: readonly (readonly [string, (file: string) => void, RegExp])[] = [
  ['deleted', unlinkSync, /people\.db is no longer/],
  ['moved away', (file) => renameSync(file, `${file}.old`), /people\.db is no longer/],
  [
    'replaced by a copy',
    (file) => copyFileSync(file, `${file}.new`) ?? renameSync(`${file}.new`, file),
    /people\.db is/,
  ],
  ['moved with its folder', (file) => renameSync(dirname(file), `${dirname(file)}.old`), /people\.db is no longer/],
  ['robbed of its log', (file) => unlinkSync(`${file}-wal`), /people\.db-wal is no longer/],
];

describe('a database under a running connector', () => {
  for (const [what, happen, text] of ACCIDENTS) {
    it(`that was ${what} takes no more changes, and says so`, async function () {
      if (process.platform === 'win32') this.skip();
      const file = temporaryFile();
      const backend = await opened(file);
      const { id } = await backend.create(call, User, { userName: 'before' });
      happen(file);
      const set = { op: 'set', path: { attribute: 'title' }, value: 'x' } as const;
      const changes = [
        () => backend.create(call, User, { userName: 'lost' }),
        () => backend.modify(call, User, id, [set]),
        () => backend.delete(call, User, id),
        () => backend.ping(),
      ];
      for (const change of changes) {
        const error = await refusal(change(), 'unavailable');
        expect(error.message).to.match(text).and.contain('restart the connector');
        expect(error.retryAfter).to.equal(undefined);
      }
      const { total, resources } = await backend.list(call, User, everyone);
      expect([total, resources[0]?.attributes['title']]).to.deep.equal([1, undefined]);
      await backend.close();
    });
  }

  it('takes changes all day as long as its files are where they were', async () => {
    const backend = await opened(temporaryFile());
    for (const userName of ['a', 'b', 'c']) await backend.create(call, User, { userName });
    await backend.ping();
    await backend.close();
  });
});
