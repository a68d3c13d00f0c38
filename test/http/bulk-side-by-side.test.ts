import { expect } from 'chai';
import fc from 'fast-check';
import type { Capabilities } from '../../connector/backend/backend.ts';
import { ForwardingBackend } from '../../connector/backend/decorators/forwarding-backend.ts';
import { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';
import { ENTERPRISE_SCHEMA } from '../../connector/scim/schema/names.ts';
import { temporaryFile } from '../backend/sqlite/temporary-file.ts';
import { isPackaged } from '../support/cli.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import type { Result } from './bulk-job.ts';

/** Few of everything, so that operations meet: names, resources, bulkIds. */
const name = fc.constantFrom('ann', 'Ann', 'bob', 'carl ', 'dora', 'eve');
const existing = fc.nat(3);
const bulkId = fc.nat(9).map((n) => `q${n}`);
const reference = bulkId.map((id) => `bulkId:${id}`);
const version = fc.constantFrom(undefined, 'stale', 'read');

/** Hashing a password lets others overtake; without a name there is nothing to make. */
const person = fc
  .record({
    userName: name,
    title: fc.constantFrom('x', 'y'),
    managed: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, reference),
    extra: fc.nat(9),
  })
  .map(({ userName, title, managed, extra }) => ({
    ...(extra > 0 ? { userName } : {}),
    title,
    ...(extra > 5 ? { password: 'pa$$word1' } : {}),
    ...(managed === null ? {} : { [ENTERPRISE_SCHEMA]: { manager: { managerId: managed } } }),
  }));
const group = fc.record({
  displayName: name,
  members: fc.array(
    reference.map((value) => ({ value })),
    { maxLength: 3 },
  ),
});

type Planned = (ids: readonly string[], versions: readonly string[]) => object;
const on = (method: 'PUT' | 'PATCH' | 'DELETE', data: fc.Arbitrary<object>): fc.Arbitrary<Planned> =>
  fc.tuple(existing, version, data).map(
    ([n, wanted, body]): Planned =>
      (ids, versions) => ({
        method,
        // The first two are people, the others groups.
        path: `/${n < 2 ? 'Users' : 'Groups'}/${ids[n]}`,
        data: body,
        ...(wanted === undefined ? {} : { version: wanted === 'read' ? versions[n] : '"77"' }),
      }),
  );
const post = (path: string, data: fc.Arbitrary<object>): fc.Arbitrary<Planned> =>
  fc.tuple(bulkId, data).map(
    ([id, body]): Planned =>
      () => ({ method: 'POST', path, bulkId: id, data: body }),
  );

const operation = fc.oneof(
  { weight: 5, arbitrary: post('/Users', person) },
  { weight: 2, arbitrary: post('/Groups', group) },
  on('PUT', fc.record({ userName: name, displayName: name })),
  { weight: 2, arbitrary: on('PATCH', fc.record({ title: fc.constant('z'), userName: name }, { requiredKeys: [] })) },
  { weight: 2, arbitrary: on('DELETE', fc.constant({})) },
);

interface Person {
  readonly id: string;
  readonly userName: string;
  readonly title?: string;
  readonly [ENTERPRISE_SCHEMA]?: { readonly manager?: { readonly managerId?: string } };
}

interface Crowd {
  readonly id: string;
  readonly displayName: string;
  readonly members?: readonly { readonly value: string }[];
}

const nameOf = ({ id, displayName }: Crowd): readonly [string, string] => [id, `group ${displayName}`];

/** The same store, of which nobody asks several things at once. */
class OneByOne extends ForwardingBackend {
  override get capabilities(): Capabilities {
    return { ...super.capabilities, sharesCommits: false };
  }
}

const sqlite = (): SqliteBackend => new SqliteBackend({ file: temporaryFile(), passwords: 'hash' });

/** One store runs what it can at once, the other one operation after the other: nobody must see a difference. */
describe('bulk, side by side and one after the other', () => {
  let servers: readonly TestServer[] = [];
  before(async function () {
    if (isPackaged) this.skip();
    servers = await Promise.all([new OneByOne(sqlite()), sqlite()].map((backend) => startServer({ backend })));
  });
  after(async () => {
    for (const server of servers) await server.close();
  });

  async function emptied(server: TestServer): Promise<void> {
    for (const path of ['/Groups', '/Users'])
      for (const { id } of (await server.request('GET', path)).body.Resources)
        await server.request('DELETE', `${path}/${id}`);
  }

  async function outcome(
    server: TestServer,
    planned: readonly Planned[],
    failOnErrors: number | null,
  ): Promise<object> {
    await emptied(server);
    const made = [];
    for (const userName of ['ann', 'zoe']) made.push((await server.request('POST', '/Users', { userName })).body);
    for (const displayName of ['ann', 'zoe'])
      made.push((await server.request('POST', '/Groups', { displayName, members: [{ value: made[0].id }] })).body);
    const ids = made.map(({ id }) => id as string);
    const versions = made.map(({ meta }) => meta.version as string);
    const Operations = planned.map((plan) => plan(ids, versions));
    const reply = await server.request('POST', '/Bulk', { failOnErrors, Operations });
    const people: readonly Person[] = (await server.request('GET', '/Users')).body.Resources;
    const groups: readonly Crowd[] = (await server.request('GET', '/Groups')).body.Resources;
    const called = new Map([...people.map(({ id, userName }) => [id, userName] as const), ...groups.map(nameOf)]);
    return {
      codes: (reply.body.Operations as Result[]).map(({ status, bulkId: id }) => `${id} ${status.code}`),
      // Who was made first is not told of operations that ran at once.
      people: people
        .map((one) => [one.userName, one.title, called.get(one[ENTERPRISE_SCHEMA]?.manager?.managerId ?? '')])
        .toSorted(),
      groups: groups
        .map((one) => [one.displayName, one.members?.map(({ value }) => called.get(value)).toSorted()])
        .toSorted(),
    };
  }

  it('comes to the same', async function sides() {
    this.timeout(this.timeout() * 10);
    const plan = fc.array(operation, { minLength: 2, maxLength: 25 });
    const property = fc.asyncProperty(plan, fc.constantFrom(null, 1, 2, 4), async (planned, failOnErrors) => {
      const [one, other] = await Promise.all(servers.map((server) => outcome(server, planned, failOnErrors)));
      expect(other).to.deep.equal(one);
    });
    await fc.assert(property, { numRuns: 25, endOnFailure: true });
  });
});
