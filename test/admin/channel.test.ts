import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { AdminClient } from '../../connector/admin/admin-client.ts';
import { AdminRefusal } from '../../connector/admin/admin-route.ts';
import { AdminServer } from '../../connector/admin/admin-server.ts';
import type { ChannelError } from '../../connector/admin/channel-error.ts';
import { LinesLog } from '../support/lines-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the admin channel', () => {
  const folder = temporaryFolder();
  const open: AdminServer[] = [];
  const socket = (): string => join(folder.path, 'admin', 'socket');

  async function serve(name: string, log = new LinesLog(), stateDir = folder.path): Promise<AdminServer> {
    const server = new AdminServer({ stateDir, log, lookEvery: 3_600_000 });
    server.route('GET', '/name', ({ query }) => ({ name, query: query.get('q') }));
    server.route('POST', '/echo', ({ body }) => ({ body }));
    await server.open();
    open.push(server);
    return server;
  }
  const ask = (stateDir = folder.path): Promise<unknown> => new AdminClient(stateDir).get('/name?q=a%20b');
  const failure = async (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'answered',
      ({ why, message }: ChannelError) => `${why}: ${message}`,
    );

  afterEach(async () => {
    for (const server of open.splice(0)) await server.close();
  });

  it('answers with what a route says, query and body included', async () => {
    await serve('one');
    expect(await ask()).to.deep.equal({ name: 'one', query: 'a b' });
    expect(await new AdminClient(folder.path).post('/echo', { n: 1 })).to.deep.equal({ body: { n: 1 } });
    expect(await new AdminClient(folder.path).post('/echo')).to.deep.equal({});
  });

  it('is for its owner alone, in a folder for its owner alone, whatever was there', async () => {
    mkdirSync(join(folder.path, 'admin'), { mode: 0o777 });
    chmodSync(join(folder.path, 'admin'), 0o777);
    await serve('one');
    expect((statSync(socket()).mode & 0o777).toString(8)).to.equal('600');
    expect((statSync(join(folder.path, 'admin')).mode & 0o777).toString(8)).to.equal('700');
  });

  it('is there where its path is longer than a socket may have', async () => {
    const deep = join(folder.path, 'd'.repeat(60), 'e'.repeat(60));
    await serve('deep', undefined, deep);
    expect(await ask(deep)).to.include({ name: 'deep' });
    expect(existsSync(join(deep, 'admin', 'socket'))).to.equal(true);
  });

  it('says that nobody runs: before the first start, and after the last', async () => {
    expect(await failure(ask())).to.equal('absent: the service does not run');
    await (await serve('one')).close();
    expect(await failure(ask())).to.equal('absent: the service does not run');
    expect(existsSync(socket())).to.equal(false);
  });

  it('takes the place of a service that was killed', async () => {
    mkdirSync(join(folder.path, 'admin'));
    const killed = createServer().listen(socket());
    await once(killed, 'listening');
    // What a kill leaves: a name with nobody behind it.
    const kept = join(folder.path, 'admin', 'kept');
    const { linkSync, renameSync } = await import('node:fs');
    linkSync(socket(), kept);
    await new Promise((resolve) => killed.close(resolve));
    renameSync(kept, socket());
    expect(await failure(ask())).to.equal('absent: the service does not run');
    await serve('next');
    expect(await ask()).to.include({ name: 'next' });
  });

  it('stays the first of two services with one state folder, and goes to the second when that is gone', async () => {
    const log = new LinesLog();
    const first = await serve('first');
    const second = await serve('second', log);
    expect(log.lines).to.deep.equal([
      'warn another connector serves with this state_dir: commands such as "status" ask that one',
    ]);
    await second.look();
    expect(await ask()).to.include({ name: 'first' });
    expect(log.lines).to.have.length(1);
    await first.close();
    await second.look();
    expect(await ask()).to.include({ name: 'second' });
  });

  it('comes back when its socket is removed', async () => {
    const server = await serve('one');
    rmSync(join(folder.path, 'admin'), { recursive: true });
    expect(await failure(ask())).to.match(/^absent/);
    await server.look();
    expect(await ask()).to.include({ name: 'one' });
  });

  it('leaves alone whoever has taken its place', async () => {
    const first = await serve('first');
    rmSync(socket());
    await serve('second');
    await first.look();
    expect(await ask()).to.include({ name: 'second' });
  });

  it('does not keep the service from serving where it cannot be', async () => {
    const log = new LinesLog();
    writeFileSync(join(folder.path, 'admin'), '');
    const server = await serve('none', log);
    await server.look();
    expect(log.lines).to.have.length(1);
    expect(log.lines[0]).to.match(/^warn commands such as "status" cannot ask this service: /);
    expect(await failure(ask())).to.match(/^absent/);
    rmSync(join(folder.path, 'admin'));
    await server.look();
    expect(await ask()).to.include({ name: 'none' });
  });

  it('says what it will not do, what it does not know, and that it failed', async () => {
    const log = new LinesLog();
    const server = await serve('one', log);
    server.route('GET', '/no', () => {
      throw new AdminRefusal('not today');
    });
    server.route('GET', '/bug', () => {
      throw new Error('secret details');
    });
    const client = new AdminClient(folder.path);
    expect(await failure(client.get('/no'))).to.equal('refused: not today');
    expect(await failure(client.get('/new'))).to.equal('refused: GET /new is not known to the running version');
    expect(await failure(client.get('/bug'))).to.equal(
      'refused: the service failed unexpectedly; its log has the details',
    );
    expect(log.lines).to.deep.equal(['error the service failed at GET /bug of its admin channel']);
    expect(await failure(client.post('/echo', 'x'.repeat(70_000)))).to.equal('refused: more than 65536 bytes');
  });

  it('answers others while somebody says nothing, says nonsense, or leaves in the middle', async () => {
    await serve('one');
    const silent = connect(socket());
    const partial = connect(socket());
    partial.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    const nonsense = connect(socket()).on('error', () => undefined);
    nonsense.write('\0\0\0\r\n\r\n');
    await once(nonsense, 'close');
    partial.destroy();
    expect(await ask()).to.include({ name: 'one' });
    silent.destroy();
  });

  it('turns away who comes when many hold it, and answers once they are gone', async () => {
    await serve('one');
    const many = Array.from({ length: 32 }, () => connect(socket()));
    await Promise.all(many.map((one) => once(one, 'connect')));
    expect(await failure(ask())).to.equal('silent: the service does not answer');
    for (const one of many) one.destroy();
    await Promise.all(many.map((one) => once(one, 'close')));
    // The service hears of it a turn later.
    await new Promise((resolve) => setImmediate(resolve));
    expect(await ask()).to.include({ name: 'one' });
  });
});
