import { expect } from 'chai';
import { OperationLog } from '../../connector/http/operation-log.ts';
import type { Log } from '../../connector/log/log.ts';
import { isPackaged } from '../support/cli.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

const SECRET = 'correct horse battery staple';

describe('the log at debug and trace', function detail() {
  if (isPackaged) return;
  const lines: { level: string; fields: Record<string, unknown>; message: string }[] = [];
  const record = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields: fields as Record<string, unknown>, message });
  };
  const silent = (): void => undefined;
  const log: Log = { trace: record('trace'), debug: record('debug'), info: silent, warn: silent, error: silent };
  let server: TestServer;
  before(async () => {
    server = await startServer({ store: 'memory', observer: new OperationLog(log) });
  });
  beforeEach(() => {
    lines.length = 0;
  });
  after(() => server.close());

  it('tells whom an operation is about, also one that failed', async () => {
    const { body } = await server.request('POST', '/Users', { userName: 'carla', password: SECRET });
    await server.request('POST', '/Users', { userName: 'carla', title: 'Dr' });
    const [made, refused] = lines.filter(({ level }) => level === 'debug');
    expect(made).to.deep.include({ message: 'createNewUser' });
    expect(made?.fields).to.include({ name: 'carla', id: body.id, outcome: 'done' });
    expect(refused?.fields).to.include({ name: 'carla', outcome: 'refused' });
  });

  it('tells what changed from what to what, and of a long list its beginning', async () => {
    const members = [];
    for (let i = 0; i < 30; i += 1)
      members.push({ value: (await server.request('POST', '/Users', { userName: `m${i}` })).body.id });
    const { body } = await server.request('POST', '/Groups', { displayName: 'G', members });
    await server.request('PUT', `/Groups/${body.id}`, { displayName: 'H', members });
    const last = lines.filter(({ level }) => level === 'trace').at(-1)?.fields;
    expect(last).to.deep.include({ was: { displayName: 'G' }, is: { displayName: 'H' } });
    const made = lines.find(({ level, message }) => level === 'trace' && message === 'createGroup')?.fields['is'];
    expect((made as { members: unknown[] }).members)
      .to.have.length(21)
      .and.include('and 10 more');
  });

  it('tells who joined and who left, without what else there is', async () => {
    const [a, b] = [
      (await server.request('POST', '/Users', { userName: 'joins' })).body.id,
      (await server.request('POST', '/Users', { userName: 'leaves' })).body.id,
    ];
    const { body } = await server.request('POST', '/Groups', { displayName: 'movers', members: [b] });
    await server.request('PATCH', `/Groups/${body.id}`, { members: [a, { value: b, operation: 'delete' }] });
    const { ref, ...told } = lines.filter(({ level }) => level === 'trace').at(-1)?.fields ?? {};
    expect(told).to.deep.equal({ was: {}, is: {}, joined: [a], left: [b] });
  });

  it('tells no password', async () => {
    const { body } = await server.request('POST', '/Users', { userName: 'dora', password: SECRET });
    await server.request('PUT', `/Users/${body.id}`, { userName: 'dora', password: `${SECRET}!` });
    expect(JSON.stringify(lines)).to.include('dora').and.not.include(SECRET);
  });
});
