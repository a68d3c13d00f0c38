import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { type CliResult, CliServer, cli, command } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('events', () => {
  const folder = temporaryFolder();
  const env = () => ({ CONNECTOR_STATE_DIR: folder.path });
  const run = (...words: string[]): Promise<CliResult> => cli(['events', ...words], { env: env(), cwd: folder.path });
  const serve = (): Promise<CliServer> =>
    CliServer.start(['--port', '0', '--http', '--auth', 'none'], { env: env(), cwd: folder.path });
  const create = ({ url }: CliServer, userName: string, title = 'a'): Promise<unknown> =>
    send(`${url}/Users`, 'POST', { userName, title });

  /** `events --follow`, and a function that waits for its next line. */
  function follow(...words: string[]): { readonly child: ChildProcess; readonly line: () => Promise<string> } {
    const [program = '', ...before] = command;
    const child = spawn(program, [...before, 'events', '--follow', ...words], {
      env: { ...process.env, ...env() },
      cwd: folder.path,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, line: async () => (await lines.next()).value ?? '' };
  }

  it('shows the latest, through filters, on lines and as JSON', async () => {
    const server = await serve();
    for (const [name, title] of [['ana'], ['bob'], ['ana', 'b']] as const) await create(server, name, title);
    const { stdout, code } = await run();
    expect(code).to.equal(0);
    const [head, ...lines] = stdout.trim().split('\n');
    expect(head).to.match(/^\d{4}-\d\d-\d\d, times: \S+/);
    expect(lines.map((line) => line.replace(/^\d\d:\d\d:\d\d [\w-]{9} /, ''))).to.deep.equal([
      'create       done     ana: active: true; title: a',
      'create       done     bob: active: true; title: a',
      'create       refused  ana: userName is already in use by ano…',
    ]);
    const json = await run('--json', '--outcome', 'refused,failed');
    expect(json.stdout.trim().split('\n')).to.have.length(1);
    expect(JSON.parse(json.stdout)).to.include({ outcome: 'refused', name: 'ana', message: 'createNewUser' });
    expect((await run('--user', 'BOB', '--json', '--message', 'CREATENEWUSER')).stdout).to.contain('"name":"bob"');
    expect((await run('--limit', '1', '-v')).stdout).to.match(/^\S+ \S+ [\w-]{9}\n {2}wanted +create/);
    expect(await run('--message', 'deleteGroup')).to.include({ code: 0, stdout: '' });
    await server.stop();
    expect((await run()).stdout).to.equal(stdout);
  });

  it('follows a service that ends and starts again, until Ctrl-C', async () => {
    let server = await serve();
    await create(server, 'before');
    const { child, line } = follow('--json');
    const next = async (): Promise<string> => JSON.parse(await line()).name;
    expect(await next()).to.equal('before');
    await create(server, 'first');
    expect(await next()).to.equal('first');
    await server.stop();
    server = await serve();
    await create(server, 'second');
    expect(await next()).to.equal('second');
    server.signal('SIGKILL');
    await server.ended();
    server = await serve();
    await create(server, 'third');
    expect(await next()).to.equal('third');
    child.kill('SIGINT');
    expect((await once(child, 'exit'))[0]).to.equal(0);
    await server.stop();
  });

  it('ends when nobody reads any more', async () => {
    const server = await serve();
    await create(server, 'first');
    const { child, line } = follow();
    await line();
    child.stdout?.destroy();
    const ended = once(child, 'exit');
    await create(server, 'second');
    expect((await ended)[0]).to.equal(0);
    await server.stop();
  });

  for (const [words, text] of [
    ['--outcome no', '--outcome: must be one of done, refused, failed, not-done, unknown, not "no"'],
    [
      '--message createUser',
      '--message: must be one of activateUser, bulk, checkUserExists, createGroup, createNewUser',
    ],
    ['--since soon', '--since takes a span such as 30m, 2h or 7d'],
    ['--limit many', '--limit: must be a whole number from 1 to 100000, not "many"'],
  ] as const)
    it(`refuses ${words} and says what is possible`, async () => {
      const { code, stdout, stderr } = await run(...words.split(' '));
      expect([code, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.contain(text);
    });

  it('names the apps when there is no such one, and says so when there is no journal', async () => {
    expect((await run()).stderr).to.match(/journal\.db: there is no journal yet; "serve" begins it\n$/);
    const server = await serve();
    await server.stop();
    expect(await run('--app', 'hr')).to.include({
      code: 2,
      stderr: '--app: there is no app "hr"; configured: default\n',
    });
  });
});
