import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer, cli, command } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TOKEN = 'a-token-of-some-length';

interface Told {
  readonly ok: boolean;
  readonly steps: readonly { readonly name: string; readonly title: string; status: string; text: string }[];
}

describe('doctor --write', () => {
  const folder = temporaryFolder();
  const env = { CONNECTOR_AUTH__TOKEN: TOKEN, CONNECTOR_STATE_DIR: 'state' };
  let server: CliServer;
  let words: readonly string[];

  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  beforeEach(async () => {
    const settings = ['--http', '--db', 'people.db'];
    server = await CliServer.start([...settings, '--port', '0'], { cwd: folder.path, env });
    words = ['doctor', ...settings, '--port', new URL(server.url).port];
  });
  afterEach(() => server.stop());

  const doctor = (...more: readonly string[]) => cli([...words, ...more], { cwd: folder.path, env });
  const told = async (...more: readonly string[]): Promise<Told> =>
    JSON.parse((await doctor('--json', ...more)).stdout) as Told;
  const books = (): readonly string[] => {
    const where = join(folder.path, 'state', 'doctor');
    return readdirSync(where).filter((name) => name.endsWith('.json'));
  };
  const people = async (): Promise<number> => {
    const { body } = await send(`${server.url}/Users`, 'GET', undefined, { Authorization: `Bearer ${TOKEN}` });
    return body.totalResults;
  };

  /** Ends it once it has told of the step. */
  async function interrupted(title: string, signal: NodeJS.Signals): Promise<ChildProcess> {
    const [program = '', ...before] = command;
    const child = spawn(program, [...before, ...words, '--write'], {
      cwd: folder.path,
      env: { ...process.env, ...env },
    });
    let text = '';
    child.stderr.resume();
    for await (const part of child.stdout.setEncoding('utf8')) {
      text += part;
      if (text.includes(title) && !child.killed) child.kill(signal);
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child;
  }

  it('does all that Okta does, and nothing is left', async () => {
    const { ok, steps } = await told('--write');
    expect(steps.filter(({ status }) => status === 'failed')).to.deep.equal([]);
    expect(ok).to.equal(true);
    expect(steps.map(({ name }) => name)).to.include.members(['createPendingUser', 'deleteGroup', 'cleanUp']);
    expect(steps.at(-1)?.text).to.equal('3 users removed; nothing is left');
    expect(await people()).to.equal(0);
    expect(books()).to.deep.equal([]);
  });

  it('removes what it has made when it is interrupted, and ends with 130', async () => {
    const { exitCode } = await interrupted('Create Users: pending', 'SIGINT');
    expect(exitCode).to.equal(130);
    expect(await people()).to.equal(0);
    expect(books()).to.deep.equal([]);
  });

  it('tells what is left when it was killed, and removes it when asked to', async () => {
    await interrupted('Create Users: pending', 'SIGKILL');
    expect(await people()).to.be.above(0);
    const left = (await told()).steps.at(-1);
    expect(left).to.include({ name: 'cleanUp', status: 'warning', command: 'scim-connector doctor --clean' });
    expect(left?.text).to.match(/may be left of a run that was broken off: zz-doctor-\w{7}-a, /);
    expect(await people(), 'whoever only reads removes nothing').to.be.above(0);
    const { code, stdout } = await doctor('--clean');
    expect(code, stdout).to.equal(0);
    expect(stdout).to.match(/Clean-up +\d users/);
    expect(await people()).to.equal(0);
    expect(books()).to.deep.equal([]);
  });

  it('is one or the other', async () => {
    for (const pair of [
      ['--write', '--read-only'],
      ['--write', '--clean'],
      ['--read-only', '--clean'],
    ])
      expect((await doctor(...pair)).code).to.equal(2);
  });
});
