import { expect } from 'chai';
import { Connection } from '../../connector/backend/sqlite/connection/connection.ts';
import { ENTERPRISE_SCHEMA } from '../../connector/scim/schema/names.ts';
import { isPackaged } from '../support/cli.ts';
import { forEachBackend } from '../support/for-each-backend.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { codes, newGroup, newUser, type Result, run } from './bulk-job.ts';

/** Counts what every connection of this process commits while `work` runs. */
async function commitsDuring(work: () => Promise<unknown>): Promise<number> {
  const { run: runStatement } = Connection.prototype;
  let commits = 0;
  Connection.prototype.run = function counted(text, ...params) {
    if (text === 'COMMIT') commits += 1;
    return runStatement.call(this, text, ...params);
  };
  try {
    await work();
    return commits;
  } finally {
    Connection.prototype.run = runStatement;
  }
}

describe('commits of a bulk request', () => {
  let server: TestServer;
  before(async function () {
    if (isPackaged) this.skip();
    server = await startServer({ store: 'sqlite' });
  });
  after(() => server?.close());

  async function cost(Operations: readonly object[]): Promise<{ commits: number; results: readonly Result[] }> {
    let results: readonly Result[] = [];
    const commits = await commitsDuring(async () => {
      const reply = await server.request('POST', '/Bulk', { Operations });
      results = reply.body.Operations;
    });
    return { commits, results };
  }
  const all = (results: readonly Result[]): Set<string> => new Set(codes(results));

  it('are few for 1000 creates, as many changes, and as many deletions', async () => {
    const made = await cost(Array.from({ length: 1000 }, (_, n) => newUser(`u${n}`)));
    expect(all(made.results)).to.deep.equal(new Set(['201']));
    const paths = made.results.map(({ location }) => `/Users/${location?.split('/').at(-1)}`);
    const changed = await cost(paths.map((path) => ({ method: 'PATCH', path, data: { title: 'x' } })));
    const gone = await cost(paths.map((path) => ({ method: 'DELETE', path })));
    expect([all(changed.results), all(gone.results)]).to.deep.equal([new Set(['200']), new Set(['200'])]);
    for (const { commits } of [made, changed, gone]) expect(commits).to.be.within(16, 32);
  });

  it('are few for groups whose members the same request makes, and for people with managers', async () => {
    const boss = { [ENTERPRISE_SCHEMA]: { manager: { managerId: 'bulkId:boss' } } };
    const people = Array.from({ length: 100 }, (_, n) => newUser(`p${n}`, { userName: `p${n}`, ...boss }));
    const groups = Array.from({ length: 100 }, (_, n) => newGroup(`g${n}`, `bulkId:p${n}`, 'bulkId:boss'));
    const { commits, results } = await cost([newUser('boss'), ...people, ...groups]);
    expect(all(results)).to.deep.equal(new Set(['201']));
    expect(commits).to.be.at.most(8);
  });
});

forEachBackend('bulk in which one operation depends on another', {}, (subject) => {
  it('lets the first of one name win, even when its password takes long', async () => {
    const results = await run(subject, [
      newUser('a', { userName: 'Ann', title: 'first', password: 'pa$$word1' }),
      newUser('b', { userName: 'ann ', title: 'second' }),
    ]);
    expect(codes(results)).to.deep.equal(['201', '409']);
  });

  it('gives a name that was given up to whoever asks for it next', async () => {
    const [ann, bob] = [await subject.user({ userName: 'ann' }), await subject.user({ userName: 'bob' })];
    const results = await run(subject, [
      { method: 'PUT', path: `/Users/${ann.id}`, data: { userName: 'carl' } },
      { method: 'PATCH', path: `/Users/${bob.id}`, data: { userName: 'ann' } },
      newUser('new', { userName: 'bob' }),
      { method: 'DELETE', path: `/Users/${ann.id}` },
      newUser('again', { userName: 'carl' }),
    ]);
    expect(codes(results)).to.deep.equal(['200', '200', '201', '200', '201']);
  });

  it('changes one resource in the order of the request', async () => {
    const { id } = await subject.user({ userName: 'ann' });
    const titles = Array.from({ length: 20 }, (_, n) => ({
      method: 'PATCH',
      path: `/Users/${id}`,
      data: { title: `${n}` },
    }));
    await run(subject, titles);
    expect((await subject.get(`/Users/${id}`)).body.title).to.equal('19');
  });

  it('judges the version of a group before its members are deleted, or after, as asked', async () => {
    const { id } = await subject.user({ userName: 'ann' });
    const group = await subject.group({ displayName: 'g', members: [{ value: id }] });
    const remove = { method: 'DELETE', path: `/Groups/${group.id}`, version: group.meta.version };
    const results = await run(subject, [{ method: 'DELETE', path: `/Users/${id}` }, remove]);
    expect(codes(results)).to.deep.equal(['200', '412']);
  });

  it('neither runs nor tells of anything after the last tolerated failure', async () => {
    const wrong = (n: number): object => newUser(`w${n}`, { title: 'nameless' });
    for (const failOnErrors of [1, 2, 3]) {
      const right = (n: number): object => newUser(`r${failOnErrors}${n}`);
      const operations = [right(0), wrong(0), right(1), right(2), wrong(1), right(3), wrong(2), right(4)];
      const results = await run(subject, operations, { failOnErrors });
      expect(results).to.have.length([0, 2, 5, 7][failOnErrors] ?? 0);
      const made = (await subject.names('/Users')).filter((name) => name.startsWith(`r${failOnErrors}`));
      expect(made).to.have.length([0, 1, 3, 4][failOnErrors] ?? 0);
    }
  });
});

forEachBackend('bulk whose managers are logins', { policy: { managerId: 'userName' } }, (subject) => {
  it('finds a manager whom the same request has made before', async () => {
    const under = (name: string, managerId: string): object =>
      newUser(name, { userName: name, [ENTERPRISE_SCHEMA]: { manager: { managerId } } });
    const results = await run(subject, [
      newUser('boss'),
      under('a', 'Boss'),
      under('b', 'boss'),
      under('c', 'later'),
      newUser('later'),
    ]);
    expect(codes(results)).to.deep.equal(['201', '201', '201', '400', '201']);
  });
});
