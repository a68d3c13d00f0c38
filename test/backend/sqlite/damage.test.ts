import { expect } from 'chai';
import { Connection } from '../../../connector/backend/sqlite/connection/connection.ts';
import { checkIntegrity } from '../../../connector/backend/sqlite/file/integrity.ts';
import type { SqliteBackend } from '../../../connector/backend/sqlite/sqlite-backend.ts';
import { describeError } from '../../../connector/log/describe-error.ts';
import { ENTERPRISE_SCHEMA } from '../../../connector/scim/schema/names.ts';
import { call, compile, everyone } from '../../conformance/company.ts';
import { User } from '../../conformance/people.ts';
import { refusal } from '../../conformance/refusal.ts';
import { opened } from './opened.ts';
import { temporaryFile } from './temporary-file.ts';

/** What SQLite's own checks do not see: every page is sound, and what stands in one of them is not what was written. */
const DAMAGES: readonly (readonly [string, string])[] = [
  ['is cut off', 'substr(doc, 1, 20)'],
  ['is empty', `''`],
  ['is another value', `'null'`],
  ['is a list', `'[1]'`],
];

for (const [what, damage] of DAMAGES) {
  describe(`a document that ${what}`, () => {
    let backend: SqliteBackend;
    const file = temporaryFile();
    const ids: Record<string, string> = {};
    before(async () => {
      const first = await opened(file);
      for (const userName of ['whole', 'broken']) ids[userName] = (await first.create(call, User, { userName })).id;
      await first.close();
      const connection = new Connection(file);
      connection.run(`UPDATE resource SET doc = ${damage} WHERE id = ?`, ids['broken']);
      connection.close();
      backend = await opened(file);
    });
    after(() => backend.close());

    async function isDamage(work: Promise<unknown>): Promise<void> {
      const error = await refusal(work, 'unavailable');
      expect(error.message).to.equal('SQLite: the database file is damaged; restore a backup');
      const line = JSON.stringify(describeError(() => false)(error));
      expect(line).to.contain(ids['broken']).and.not.contain('stack').and.not.contain('userName');
    }

    it('is told as damage by whatever reads it, with its id in the log', async () => {
      await isDamage(backend.get(call, User, ids['broken'] ?? ''));
      await isDamage(backend.list(call, User, everyone));
      await isDamage(backend.list(call, User, { ...everyone, filter: compile(User, 'userName eq "broken"') }));
    });

    it('is found by check', () => {
      expect(checkIntegrity(file)).to.deep.equal([`the document of User ${ids['broken']} cannot be read`]);
    });

    it('hinders nobody else', async () => {
      const whole = await backend.get(call, User, ids['whole'] ?? '');
      expect(whole.attributes['userName']).to.equal('whole');
      const set = { op: 'set', path: { attribute: 'title' }, value: 'x' } as const;
      const broken = isDamage(backend.modify(call, User, ids['broken'] ?? '', [set]));
      const [changed] = await Promise.all([backend.modify(call, User, ids['whole'] ?? '', [set]), broken]);
      expect(changed.attributes['title']).to.equal('x');
    });

    if (damage.includes('substr') || damage === `''`) {
      it('is found by a search that looks into documents, and by who has it as manager', async () => {
        const filter = compile(User, 'title co "x"');
        await isDamage(backend.list(call, User, { ...everyone, filter }));
        const manager = { managerId: ids['broken'] ?? '' };
        const { id } = await backend.create(call, User, { userName: 'managed' });
        const set = {
          op: 'set',
          path: { extension: ENTERPRISE_SCHEMA, attribute: 'manager' },
          value: manager,
        } as const;
        await isDamage(backend.modify(call, User, id, [set]));
      });
    }
  });
}
