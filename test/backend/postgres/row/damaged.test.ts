import { expect } from 'chai';
import { PostgresBackend } from '../../../../connector/backend/postgres/postgres-backend.ts';
import { describeError } from '../../../../connector/log/describe-error.ts';
import { call, compile, everyone } from '../../../conformance/company.ts';
import { User } from '../../../conformance/people.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { needsPostgres } from '../../../support/postgres/installed.ts';
import { type PeopleDatabase, peopleDatabase } from '../../../support/postgres/people-database.ts';

before(needsPostgres);

/** What somebody may write past the connector: it is JSON, and no resource. */
for (const damage of ['null', '[1]', '"text"', '1']) {
  describe(`a document in PostgreSQL that is ${damage}`, () => {
    let people: PeopleDatabase;
    let backend: PostgresBackend;
    const ids: Record<string, string> = {};
    before(async () => {
      people = await peopleDatabase();
      backend = new PostgresBackend(people.settings);
      await backend.open();
      for (const userName of ['whole', 'broken']) ids[userName] = (await backend.create(call, User, { userName })).id;
      await people.fresh.admin(`UPDATE scim.resource SET doc = '${damage}', folded = '${damage}' WHERE key = 'broken'`);
    });
    after(async () => {
      await backend.close();
      await people.giveBack();
    });

    it('is told by whatever reads it, with its id in the log and nothing of the person', async () => {
      for (const work of [
        () => backend.get(call, User, ids['broken'] ?? ''),
        () => backend.list(call, User, everyone),
        () => backend.list(call, User, { ...everyone, filter: compile(User, 'userName eq "broken"') }),
      ]) {
        const error = await refusal(work(), 'unavailable');
        expect(JSON.stringify(describeError(() => false)(error)))
          .to.contain(ids['broken'])
          .and.not.contain('userName');
      }
    });

    it('hinders nobody else, and no search', async () => {
      expect((await backend.get(call, User, ids['whole'] ?? '')).attributes['userName']).to.equal('whole');
      for (const text of [
        'userName eq "whole"',
        'title co "x" or userName co "whole"',
        'emails.type eq "x" or id eq "$"',
      ])
        expect(
          (
            await backend.list(call, User, {
              ...everyone,
              filter: compile(User, text.replace('$', ids['whole'] ?? '')),
            })
          ).total,
        ).to.equal(1);
    });
  });
}
