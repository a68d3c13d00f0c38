import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { expect } from 'chai';
import stringWidth from 'string-width';
import { type CliResult, CliServer, cli, command } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Nobody's on every Linux. */
const STRANGER = 65_534;
const PASSWORD = 'Never-Shown-1!';

describe('trace', () => {
  const folder = temporaryFolder();
  const env = () => ({ CONNECTOR_STATE_DIR: folder.path });
  const run = (...words: string[]): Promise<CliResult> => cli(words, { env: env(), cwd: folder.path });
  const serve = (): Promise<CliServer> =>
    CliServer.start(['--port', '0', '--http', '--auth', 'none'], { env: env(), cwd: folder.path });
  const columns = (text: string): readonly string[] =>
    text
      .trim()
      .split('\n')
      .map((line) => line.replace(/^\S+ \S+ [\w-]{9} /, ''));

  /** Ana, who is renamed, joins a group, leaves it and is deactivated; refused twice. @returns her id */
  async function anasDay({ url }: CliServer): Promise<string> {
    const call = async (method: string, path: string, body: object) => (await send(url + path, method, body)).body;
    const ana = { userName: 'ana@example.com', title: 'Engineer', emails: [{ value: 'a@example.org' }] };
    const { id } = await call('POST', '/Users', { ...ana, password: PASSWORD });
    await call('POST', '/Users', { ...ana, title: 'Chief' });
    await call('POST', '/Users', ana);
    await call('PUT', `/Users/${id}`, { ...ana, title: 'Manager' });
    await call('PUT', `/Users/${id}`, { ...ana, title: 'Manager', userName: 'ann@example.com' });
    const group = await call('POST', '/Groups', { displayName: 'Sales', members: [{ value: id }] });
    await call('PUT', `/Groups/${group.id}`, { displayName: 'Sales', members: [] });
    await call('PUT', `/Users/${id}`, { userName: 'ann@example.com', password: `${PASSWORD}!` });
    await call('PUT', `/Users/${id}`, { userName: 'ann@example.com', active: false });
    await call('POST', '/Users', { userName: 'bob@example.com', emails: [{ value: 'a@example.org' }] });
    return id;
  }

  it('tells the day of somebody on lines of 80 columns, by every name, while the service runs and afterwards', async () => {
    const server = await serve();
    const id = await anasDay(server);
    const { stdout, code, stderr } = await run('trace', 'ana@example.com');
    expect([code, stderr]).to.deep.equal([0, '']);
    const [head = '', ...lines] = columns(stdout);
    expect(stdout.replaceAll('\n', ' ')).to.contain(`user ann@example.com, id ${id}; app default; times: `);
    expect(head).to.contain('user ann@example.com');
    expect(lines.slice(-9)).to.deep.equal([
      'create       done    active: true; title: Enginee…',
      'create       refused userName is already in use b…',
      'link         done    was there already, as it sho…',
      'profile      done    title: Engineer → Manager',
      'rename       done    ana@example.com → ann@exampl…',
      'create       done    joined Sales',
      'group change done    left Sales',
      'password     done    password set',
      'deactivate   done    active: true → false',
    ]);
    for (const line of stdout.split('\n')) expect(stringWidth(line), line).to.be.at.most(80);
    for (const who of [id, 'ANN@example.com']) expect((await run('trace', who)).stdout, who).to.equal(stdout);
    await server.stop();
    expect((await run('trace', id)).stdout).to.equal(stdout);
    const killed = await serve();
    killed.signal('SIGKILL');
    await killed.ended();
    expect((await run('trace', id)).stdout).to.equal(stdout);
  });

  it('gives whole records to people and to programs, and never a password', async () => {
    const server = await serve();
    const id = await anasDay(server);
    await server.stop();
    const whole = await run('trace', id, '-v');
    expect(whole.stdout).to.contain('wanted      profile (pushProfileUpdate, replace)');
    expect(whole.stdout).to.contain('changes     title: "Engineer" → "Manager"');
    expect(whole.stdout).to.contain('outcome     refused (uniqueness');
    const json = await run('trace', id, '--json');
    const records = JSON.parse(json.stdout);
    expect(records.map(({ intent }: { intent: string }) => intent)).to.include.members([
      'create',
      'rename',
      'password',
    ]);
    const events = await run('events', '--json');
    expect(whole.stdout + json.stdout + events.stdout).not.to.contain('Never-Shown');
  });

  it('says so when several are meant, or more than is shown', async () => {
    const server = await serve();
    const id = await anasDay(server);
    await server.stop();
    const several = await run('trace', 'a@example.org');
    expect(several.stdout).to.match(/^a@example\.org is said of 2; name one by its id:\n {2}\S+ {2}user bob@example/);
    expect(several.stdout).to.contain(`  ${id}  user ann@example.com, last 2`);
    const { stdout, stderr } = await run('trace', id, '--limit', '1');
    expect(stdout).to.contain('deactivate done active: true → false').and.not.to.contain('rename');
    expect(stderr).to.equal('these are the latest 1 record; there are earlier ones: --limit 10\n');
  });

  it('ends with 1 and says why when there is nothing', async () => {
    expect(await run('trace', 'ana')).to.include({ code: 1, stdout: '' });
    const server = await serve();
    await anasDay(server);
    await server.stop();
    for (const [words, text] of [
      [
        'trace bbo@example.com',
        /^nothing about "bbo@example\.com" in the journal; did you mean "bob@example\.com"\?\nIt begins at 2/,
      ],
      ['trace nobody --json', /^nothing about "nobody" in the journal\nIt begins at /],
    ] as const) {
      const { code, stdout, stderr } = await run(...words.split(' '));
      expect([code, stdout]).to.deep.equal([1, '']);
      expect(stderr).to.match(text);
    }
  });

  it('tells another account than the owner who may read it, in one line', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const server = await serve();
    await server.stop();
    chmodSync(folder.path, 0o711);
    const [program = '', ...before] = command;
    const options = {
      uid: STRANGER,
      gid: STRANGER,
      cwd: '/',
      env: { ...process.env, ...env() },
      encoding: 'utf8',
    } as const;
    if (spawnSync(program, [...before, 'version'], options).status !== 0) return this.skip();
    for (const words of [['trace', 'ana'], ['events']]) {
      const { status, stdout, stderr } = spawnSync(program, [...before, ...words], options);
      expect([status, stdout]).to.deep.equal([5, '']);
      expect(stderr).to.match(
        /^\S+journal\.db: its owner alone may read it; run this as root or as the account of the service\n$/,
      );
    }
  });
});
