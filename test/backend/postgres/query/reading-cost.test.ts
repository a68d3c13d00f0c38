import { expect } from 'chai';
import { listResources } from '../../../../connector/backend/postgres/list-resources.ts';
import { Database } from '../../../../connector/postgres/database.ts';
import { SCIM20 } from '../../../../connector/scim/filter/grammar.ts';
import type { Query } from '../../../../connector/scim/query.ts';
import type { ResourceType } from '../../../../connector/scim/schema/resource-type.ts';
import { call, compile } from '../../../conformance/company.ts';
import { Group, User } from '../../../conformance/people.ts';
import { needsPostgres } from '../../../support/postgres/installed.ts';
import { type PeopleDatabase, peopleDatabase } from '../../../support/postgres/people-database.ts';
import { ExplainingReader } from '../explaining-reader.ts';
import { MANY, manyPeople } from '../many-people.ts';

/** What clients ask all day: most statements, and most rows that the server looks at. */
const LOOKUPS: readonly (readonly [ResourceType, string, statements: number, rows: number])[] = [
  [User, 'userName eq "User77@corp.example"', 2, 40],
  [User, 'userName eq "nobody"', 1, 10],
  [User, 'externalId eq "ext-77"', 2, 40],
  [User, 'emails eq "user77@corp.example"', 2, 40],
  [User, 'id eq "x"', 1, 10],
  [User, 'emails[type eq "work" and value eq "user77@corp.example"]', 2, 40],
  [User, 'userName eq "user77@corp.example" or emails eq "user78@corp.example"', 2, 60],
  [User, 'userName eq "user77@corp.example" and title co "7"', 2, 40],
  [User, 'userName sw "user77@"', 2, 40],
  [User, 'userName sw "user77@" and title co "7"', 2, 40],
  [User, 'meta.lastModified gt "2999-01-01T00:00:00Z"', 1, 10],
  [User, `${Array.from({ length: 60 }, (_, n) => `userName eq "user${n}@corp.example"`).join(' or ')}`, 2, 2500],
  [Group, 'displayName eq "Group 7"', 2, 2000],
];

const STATES: readonly (readonly [string, string | undefined])[] = [
  ['before anybody has looked at the tables', undefined],
  ['when they have been analysed', 'VACUUM ANALYZE scim.resource, scim.email, scim.membership, scim.block_count'],
];

before(needsPostgres);

describe('what reading costs a PostgreSQL server of many', function () {
  this.timeout(60_000);
  let people: PeopleDatabase;
  let database: Database;
  before(async () => {
    people = await peopleDatabase();
    await people.fresh.admin(manyPeople);
    database = new Database(people.settings, { schema: 'scim', deadline: 60_000 });
    await database.open();
  });
  after(async () => {
    await database.close();
    await people.giveBack();
  });

  const costOf = async (type: ResourceType, query: Query): Promise<ExplainingReader> => {
    const reader = new ExplainingReader(database, call);
    await listResources(reader, type.name, query);
    return reader;
  };

  for (const [state, statement] of STATES) {
    describe(state, () => {
      before(async () => {
        if (statement) await people.fresh.admin(statement);
      });

      for (const [type, text, statements, rows] of LOOKUPS) {
        it(`looks up ${type.plural}: ${text.slice(0, 90)}`, async () => {
          const filter = compile(type, text, SCIM20);
          const cost = await costOf(type, { filter, offset: 0, limit: 100 });
          expect(cost.statements, 'statements').to.be.at.most(statements);
          expect(cost.rowsRead, 'rows').to.be.at.most(rows);
        });
      }

      it('costs the last page what the first does', async () => {
        const first = await costOf(User, { offset: 0, limit: 200 });
        const last = await costOf(User, { offset: MANY - 200, limit: 200 });
        expect([first.statements, last.statements]).to.deep.equal([2, 2]);
        // Stepped over within one block of the index.
        expect(last.rowsRead).to.be.at.most(first.rowsRead + 4096);
      });

      it('goes on behind a place without a look at what is before it', async () => {
        const after = JSON.stringify({ by: [MANY >> 1] });
        const { statements, rowsRead } = await costOf(User, { offset: 0, limit: 200, cursor: { after } });
        expect(statements).to.equal(2);
        expect(rowsRead).to.be.at.most(4000);
      });

      it('sorts by userName in the order of the index', async () => {
        for (const descending of [false, true]) {
          const attribute = User.attributes.find(({ name }) => name === 'userName');
          if (!attribute) throw new Error('no userName');
          const { rowsRead } = await costOf(User, { sort: { path: { attribute }, descending }, offset: 0, limit: 200 });
          expect(rowsRead).to.be.at.most(4000);
        }
      });
    });
  }
});
