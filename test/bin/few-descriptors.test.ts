import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { CliServer, cli, command } from '../support/cli.ts';
import { HttpClient } from '../support/http-client.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SCHEMAS = ['urn:scim:schemas:core:1.0'];

/** The lowest number that a new file would get: the limit holds for numbers, and some high ones may be inherited. */
function firstFree({ pid }: CliServer): number {
  const used = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
  for (let number = 0; ; number += 1) if (!used.has(number)) return number;
}

/** `ulimit -n`, and util-linux's prlimit for a process that runs. */
describe('serve, when it may open few files', () => {
  const folder = temporaryFolder();
  let server: CliServer | undefined;
  const sockets: Socket[] = [];

  before(function () {
    if (process.platform !== 'linux') this.skip();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server?.stop();
    server = undefined;
  });

  const start = async (limit: number, ...words: string[]): Promise<CliServer> => {
    server = await CliServer.start(['--http', '--port', '0', '--log.format=json', ...words], {
      cwd: folder.path,
      command: ['bash', '-c', `ulimit -n ${limit}; exec "$0" "$@"`, ...command],
    });
    return server;
  };
  const create = (url: string, userName: string): Promise<{ status: number; body: { id?: string } }> =>
    send(`${url}/Users`, 'POST', { schemas: SCHEMAS, userName });
  const limitTo = ({ pid }: CliServer, files: number): void => {
    execFileSync('prlimit', ['--pid', String(pid), `--nofile=${files}:`]);
  };
  /** Clients that send nothing. */
  const crowd = (url: string, count: number): void => {
    for (let i = 0; i < count; i += 1) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      sockets.push(socket.on('error', () => undefined));
    }
  };

  for (const limit of [64, 40])
    it(`loses nothing it said was done, with ${limit} files and three times as many silent clients`, async () => {
      const running = await start(limit, '--auth', 'none');
      crowd(running.url, 3 * limit);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 40 }, (_, i) => create(running.url, `crowded-${i}`)),
      );
      const done = outcomes.flatMap((one) =>
        one.status === 'fulfilled' && one.value.status === 201 ? one.value.body.id : [],
      );
      expect(done).not.to.deep.equal([]);
      for (const socket of sockets.splice(0)) socket.destroy();
      expect((await create(running.url, 'afterwards')).status).to.equal(201);
      expect((await running.stop()).code).to.equal(0);
      const again = await start(1024, '--auth', 'none');
      for (const id of done) expect((await send(`${again.url}/Users/${id}`, 'GET')).status).to.equal(200);
    });

  it('says once what is missing, goes on with what it has, and takes new clients when it can again', async () => {
    const [token, other] = ['okta', 'other'];
    const add = async (name: string): Promise<string> =>
      /scim_\S+/.exec((await cli(['token', 'add', name], { cwd: folder.path })).stdout)?.[0] ?? '';
    const first = await add(token);
    const running = await start(1024);
    const [kept, fresh] = [new HttpClient(), new HttpClient()];
    const list = async (client: HttpClient, secret: string): Promise<number> =>
      (await client.send('GET', `${running.url}/Users`, { Authorization: `Bearer ${secret}` })).status;
    expect(await list(kept, first)).to.equal(200);
    limitTo(running, firstFree(running));
    await running.logged(/new clients are turned away: too many open files; raise LimitNOFILE/);
    crowd(running.url, 50);
    await Promise.all(sockets.map((socket) => (socket.destroyed ? undefined : once(socket, 'close'))));
    const second = await add(other);
    // What is open goes on, and what cannot be opened is tried again.
    while (!running.log.includes('keeping the credentials in use')) expect(await list(kept, first)).to.equal(200);
    limitTo(running, 1024);
    await running.logged(/files and connections can be opened again/);
    while ((await list(fresh, second)) !== 200) await setImmediate();
    for (const client of [kept, fresh]) client.close();
    expect(running.log.match(/new clients are turned away/g)).to.have.length(1);
    expect(running.log.match(/keeping the credentials in use/g)).to.have.length(1);
    expect(running.log).not.to.match(/"level":"fatal"|"stack"/);
  });

  it('starts, or says why not, and can be stopped, with as few as it needs', async () => {
    const enough = await start(1024, '--auth', 'none');
    const needed = firstFree(enough);
    await enough.stop();
    const outcomes: string[] = [];
    for (let limit = needed - 4; limit <= needed + 2; limit += 1) {
      const outcome = await start(limit, '--auth', 'none').then(
        async (running) => (await running.stop()).stderr,
        (error: Error) => error.message,
      );
      outcomes.push(outcome);
      expect(outcome, `${limit} of ${needed}`)
        .to.match(/too many open files; raise LimitNOFILE|EMFILE|"stopped"/)
        .and.not.to.match(/\n\s+at /);
    }
    expect(outcomes[0]).to.include('too many open files');
    expect(outcomes.at(-1)).to.include('"stopped"');
  });
});
