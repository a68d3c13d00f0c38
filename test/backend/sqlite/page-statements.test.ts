import { expect } from 'chai';
import { listResources } from '../../../connector/backend/sqlite/list-resources.ts';
import { ENTERPRISE_SCHEMA } from '../../../connector/scim/schema/names.ts';
import { call, compile } from '../../conformance/company.ts';
import { Group, User } from '../../conformance/people.ts';
import { CountingConnection } from './counting-connection.ts';
import { opened } from './opened.ts';
import { temporaryFile } from './temporary-file.ts';

const COUNT = 450;
const ENTERPRISE = (managerId: string) => ({ [ENTERPRISE_SCHEMA]: { manager: { managerId } } });

/** What a page costs is told in statements: for each one SQLite is entered, and nothing grows with the page. */
describe('statements of a page', () => {
  let connection: CountingConnection;
  before(async () => {
    const file = temporaryFile();
    const backend = await opened(file);
    const boss = await backend.create(call, User, { userName: 'boss', displayName: 'Boss' });
    const people = await Promise.all(
      Array.from({ length: COUNT }, (_, n) =>
        backend.create(call, User, {
          userName: `u${String(n).padStart(3, '0')}`,
          ...(n < 100 ? ENTERPRISE(boss.id) : {}),
        }),
      ),
    );
    const members = people.slice(0, 50).map(({ id }) => ({ value: id }));
    const inner = await backend.create(call, Group, { displayName: 'inner', members });
    await backend.create(call, Group, { displayName: 'outer', members: [{ value: inner.id }, ...members.slice(0, 1)] });
    await backend.close();
    connection = new CountingConnection(file, { readonly: true });
  });
  after(() => connection.close());

  async function page(query: { offset: number; limit: number; filter?: string; without?: readonly ['groups'] }) {
    connection.statements.length = 0;
    const { filter, ...rest } = query;
    const compiled = filter === undefined ? {} : { filter: compile(User, filter) };
    const { resources, total } = await listResources(connection, call, 'User', { ...rest, ...compiled });
    return { resources, total, statements: connection.statements.length };
  }

  it('are three for people without groups and managers, however many they are', async () => {
    const few = await page({ offset: 200, limit: 1 });
    const many = await page({ offset: 200, limit: 200 });
    expect([few.resources.length, many.resources.length]).to.deep.equal([1, 200]);
    expect([few.statements, many.statements]).to.deep.equal([3, 3]);
  });

  it('are one more for all groups, and one more for all managers', async () => {
    const { resources, statements } = await page({ offset: 0, limit: 200 });
    expect(statements).to.equal(5);
    expect((await page({ offset: 0, limit: 200, without: ['groups'] })).statements).to.equal(4);
    const [, first, second, last] = [0, 1, 2, 199].map((n) => resources[n]?.attributes);
    expect(first?.['groups']).to.containSubset([
      { display: 'outer', type: 'direct' },
      { display: 'inner', type: 'direct' },
    ]);
    expect(second?.['groups']).to.containSubset([
      { display: 'inner', type: 'direct' },
      { display: 'outer', type: 'indirect' },
    ]);
    expect(second?.[ENTERPRISE_SCHEMA]).to.have.nested.property('manager.displayName', 'Boss');
    expect(last).to.not.have.any.keys('groups', ENTERPRISE_SCHEMA);
  });

  it('are two for a look-up by name', async () => {
    const { total, statements } = await page({ offset: 0, limit: 200, filter: 'userName eq "u300"' });
    expect([total, statements]).to.deep.equal([1, 2]);
  });

  it('read a long page stride by stride', async () => {
    const { resources, statements } = await page({ offset: 100, limit: 10_000 });
    expect(resources.map(({ attributes }) => attributes['userName'])).to.deep.equal(
      Array.from({ length: COUNT - 99 }, (_, n) => `u${String(n + 99).padStart(3, '0')}`),
    );
    expect(statements).to.be.within(4, 6);
  });
});
