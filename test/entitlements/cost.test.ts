import { expect } from 'chai';
import { putEntitlements } from '../../connector/backend/sqlite/entitlements/keep-entitlements.ts';
import { TableCatalogue } from '../../connector/backend/sqlite/entitlements/table-catalogue.ts';
import { listResources } from '../../connector/backend/sqlite/list-resources.ts';
import { withNames } from '../../connector/entitlements/display.ts';
import { type Configured, type Entitlements, entitlementsOf } from '../../connector/entitlements/entitlements.ts';
import type { Attributes } from '../../connector/scim/resource.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';
import { CountingConnection } from '../backend/sqlite/counting-connection.ts';
import { opened } from '../backend/sqlite/opened.ts';
import { temporaryFile } from '../backend/sqlite/temporary-file.ts';
import { call } from '../conformance/company.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';

const [EACH, PEOPLE] = [5_000, 10_000];
const KINDS: readonly Configured[] = ['License', 'Profile', 'Role'].map((name) => ({
  name,
  kind: name === 'Role' ? 'role' : 'entitlement',
  endpoint: `/${name}s`,
  description: name,
  single: false,
}));

describe('three kinds of 5,000 entitlements and 10,000 people (SQLite)', () => {
  const { User } = resourceTypes({ app: 'hr', users: [], groups: [], entitlements: KINDS });
  let connection: CountingConnection;
  let entitlements: Entitlements;
  before(async function prepare() {
    this.timeout(120_000);
    const file = temporaryFile();
    for (const { name } of KINDS) {
      const some = Array.from({ length: EACH }, (_, n) => ({ id: `${name}-${n}`, name: `${name} number ${n}` }));
      expect(await putEntitlements(file, name, some)).to.deep.equal({ added: EACH, changed: 0, unchanged: 0 });
    }
    const backend = await opened(file);
    const person = (n: number): Attributes => ({
      userName: `u${n}`,
      entitlements: [0, 1, 2].flatMap((k) => [
        { value: `License-${(n + k) % EACH}`, type: 'License' },
        { value: `Profile-${(n * 7 + k) % EACH}`, type: 'Profile' },
      ]),
      roles: [{ value: `Role-${n % EACH}` }],
    });
    for (let start = 0; start < PEOPLE; start += 1000)
      await Promise.all(Array.from({ length: 1000 }, (_, n) => backend.create(call, User, person(start + n))));
    await backend.close();
    connection = new CountingConnection(file, { readonly: true });
    const store = Object.assign(new MemoryBackend(), {
      catalogue: (type: Configured) => new TableCatalogue(type, () => connection),
    });
    entitlements = entitlementsOf(KINDS, store);
  });
  after(() => connection.close());

  async function statementsOf(offset: number, limit: number): Promise<number> {
    connection.statements.length = 0;
    const { resources } = await listResources(connection, call, 'User', { offset, limit });
    const named = await withNames(call, entitlements, resources);
    expect(named).to.have.length(limit);
    expect(named.at(-1)?.attributes['entitlements'])
      .to.have.length(6)
      .and.satisfy((list: readonly { display: string }[]) => list.every(({ display }) => / number \d+$/.test(display)));
    return connection.statements.length;
  }

  it('take three statements more for a page of people, however many are on it [O-46]', async () => {
    const without = 3;
    expect([await statementsOf(100, 1), await statementsOf(100, 200), await statementsOf(9_800, 200)]).to.deep.equal([
      without + 3,
      without + 3,
      without + 3,
    ]);
  });

  it('are listed page by page in two statements each, and found by name in one', async () => {
    const [{ catalogue }] = entitlements as [Entitlements[number]];
    connection.statements.length = 0;
    const page = await catalogue.list(call, { offset: 4_900, limit: 1_000 });
    expect([page.total, page.resources.length, page.resources.at(-1)?.id]).to.deep.equal([EACH, 100, 'License-4999']);
    expect(connection.statements).to.have.length(2);
    connection.statements.length = 0;
    expect((await catalogue.find(call, ['License-7', 'nobody'])).size).to.equal(1);
    expect(connection.statements).to.have.length(1);
  });
});
