import { expect } from 'chai';
import { readResource } from '../../../../connector/backend/postgres/read-resource.ts';
import type { Reader } from '../../../../connector/backend/postgres/row/statement.ts';
import { Database } from '../../../../connector/postgres/database.ts';
import type { Read } from '../../../../connector/scim/query.ts';
import type { Resource } from '../../../../connector/scim/resource.ts';
import { call } from '../../../conformance/company.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { needsPostgres } from '../../../support/postgres/installed.ts';
import { type PeopleDatabase, peopleDatabase } from '../../../support/postgres/people-database.ts';
import { manyPeople } from '../many-people.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const MEMBERS = 9000;
const BIG_GROUP = `
INSERT INTO scim.resource (id, type, key, display, display_key, created, modified, version, doc, folded)
VALUES ('${ID}', 'Group', 'big', 'Big', 'big', 1, 1, 1, '{"displayName":"Big"}', '{"displayName":"big"}');
INSERT INTO scim.membership SELECT g.seq, u.seq FROM scim.resource AS g, scim.resource AS u
WHERE g.id = '${ID}' AND u.type = 'User' AND u.seq <= ${MEMBERS}`;

before(needsPostgres);

describe('a large group in PostgreSQL', function () {
  this.timeout(60_000);
  let people: PeopleDatabase;
  let database: Database;
  let statements = 0;
  before(async () => {
    people = await peopleDatabase();
    await people.fresh.admin(manyPeople);
    await people.fresh.admin(BIG_GROUP);
    database = new Database(people.settings, { schema: 'scim', deadline: 60_000 });
    await database.open();
  });
  beforeEach(() => {
    statements = 0;
  });
  after(async () => {
    await database.close();
    await people.giveBack();
  });

  /** @param meanwhile  is done before that statement is asked */
  const read = (options?: Read, at = 0, meanwhile = ''): Promise<Resource> => {
    const reader: Reader = {
      rows: async (text, ...params) => {
        statements += 1;
        if (statements === at) await people.fresh.admin(meanwhile);
        return database.rows(call, text, ...params);
      },
    };
    return readResource(reader, 'Group', ID, options);
  };
  const membersOf = ({ attributes }: Resource) => attributes['members'] as readonly { readonly value: string }[];

  it('is read stride by stride, each member once', async () => {
    const members = membersOf(await read());
    expect(new Set(members.map(({ value }) => value)).size).to.equal(MEMBERS);
    expect(members[0]).to.have.keys('value', 'display', 'type');
    expect(statements).to.equal(1 + Math.ceil(MEMBERS / 4000));
  });

  it('shows none where there are more than are wanted, without reading them', async () => {
    const group = await read({ mostMembers: 100 });
    expect(group.isPartial).to.equal(true);
    expect(group.attributes).to.not.have.property('members');
    expect(statements).to.equal(2);
  });

  it('shows ids alone where a change is worked out', async () => {
    expect(membersOf(await read({ bare: true }))[0]).to.have.keys('value');
  });

  it('is read again when it changes meanwhile: as it was never is not shown', async () => {
    const change = `DELETE FROM scim.membership WHERE member_seq IN (1, ${MEMBERS}); UPDATE scim.resource SET version = 2 WHERE id = '${ID}'`;
    const group = await read({}, 3, change);
    expect(group.meta.version).to.equal('2');
    expect(membersOf(group)).to.have.length(MEMBERS - 2);
  });

  it('is gone when it is deleted meanwhile', async () => {
    await refusal(read({}, 3, `DELETE FROM scim.resource WHERE id = '${ID}'`), 'notFound');
  });
});
