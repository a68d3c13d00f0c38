import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { addCredential } from '../../connector/auth/credentials/add-credential.ts';
import { CliServer, cli, command } from '../support/cli.ts';
import { hasTerminal, onTerminal } from '../support/pty.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { DeviatingServer } from './deviating/deviating-server.ts';

interface Told {
  readonly ok: boolean;
  readonly steps: readonly { readonly name: string; readonly title: string; readonly status: string; text: string }[];
}

const NOTHING = { version: 1, saved: '2026-01-01T00:00:00Z', contacts: [], errors: [], counts: [], handshakes: [] };
const SECRET = 'the-secret-of-the-test';

describe('doctor, the command', () => {
  const folder = temporaryFolder();
  let server: CliServer | undefined;
  const state = (name: string): string => join(folder.path, 'connector-data', name);
  const run = (...words: string[]) => cli(['doctor', ...words], { cwd: folder.path });
  const told = async (...words: string[]): Promise<Told & { readonly code: number | null }> => {
    const { code, stdout, stderr } = await run(...words, '--json');
    expect(stderr).to.equal('');
    return { code, ...(JSON.parse(stdout) as Told) };
  };
  const red = ({ steps }: Told): readonly string[] =>
    steps.filter((one) => one.status === 'failed').map((one) => one.text);
  const credentials = (): readonly string[] =>
    JSON.parse(readFileSync(state('credentials.json'), 'utf8')).credentials.map((one: { name: string }) => one.name);
  const OWN = ['--db', 'people.db', '--port', '0'];

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  describe('beside a running service', () => {
    beforeEach(async () => {
      server = await CliServer.start([...OWN], { cwd: folder.path });
    });

    it('is green over TLS with a credential of its own, which is taken back', async () => {
      await cli(['token', 'add', 'okta'], { cwd: folder.path });
      const found = await told(...OWN);
      expect(red(found)).to.deep.equal([]);
      expect(found).to.include({ ok: true, code: 0 });
      expect(Object.keys(found.steps[0] ?? {})).to.have.members(['name', 'title', 'status', 'ms', 'text']);
      expect(found.steps.find(({ name }) => name === 'tlsHandshake')?.text).to.match(/^TLS 1\.3, .*valid until/);
      expect(found.steps.find(({ name }) => name === 'wrongToken')?.text).to.match(/^401: /);
      expect(credentials()).to.deep.equal(['okta']);
    });

    it("is not taken for Okta's agent, nor for what it refuses or imports", async () => {
      await run(...OWN);
      await run(...OWN);
      const { stdout } = await cli(['status', ...OWN, '--json'], { cwd: folder.path });
      const { contacts, errors, counts, handshakes, imports, lights } = JSON.parse(stdout);
      expect({ contacts, errors, counts, handshakes, imports }).to.deep.equal({
        ...{ contacts: [], errors: [], counts: [], handshakes: [], imports: [] },
      });
      expect(lights.find((one: { light: string }) => one.light === 'agent').text).to.equal('has not called yet');
    });

    it('takes back what it made when it is interrupted, and says so', async () => {
      const other = new Database(join(folder.path, 'people.db'));
      // The look at the database waits for its end.
      other.exec('BEGIN IMMEDIATE');
      const [program = '', ...before] = command;
      const child = spawn(program, [...before, 'doctor', ...OWN], { cwd: folder.path });
      let said = '';
      child.stderr.on('data', (part: Buffer) => {
        said += String(part);
      });
      await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
      expect(credentials().filter((name) => name.startsWith('doctor-'))).to.have.length(1);
      child.kill('SIGINT');
      const code = await new Promise((resolve) => child.once('close', resolve));
      other.close();
      expect(code).to.equal(130);
      expect(said).to.match(/interrupted/);
      expect(credentials().filter((name) => name.startsWith('doctor-'))).to.deep.equal([]);
    });

    it('clears up after a run that was killed', async () => {
      const { pid } = spawnSync(process.execPath, ['-e', '']);
      await addCredential(state('.'), { name: `doctor-${pid}-0123abcd`, expires: new Date(Date.now() + 60_000) });
      await run(...OWN);
      expect(credentials().filter((name) => name.startsWith('doctor-'))).to.deep.equal([]);
    });

    it('fits 80 columns', async function () {
      if (!hasTerminal) this.skip();
      const { shown } = await onTerminal(['doctor', ...OWN], { cwd: folder.path });
      const lines = stripVTControlCharacters(shown).split('\n');
      // Commands to copy are not broken.
      const long = lines.filter((line) => line.length > 80 && !/^ {11}\S/.test(line));
      expect(long).to.deep.equal([]);
      expect(lines.filter((line) => /^[✓!✗-] /.test(line)).length).to.be.at.least(20);
    });
  });

  it('starts one where none runs, at a port of its own, and leaves nothing of it', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as { port: number };
    free.close();
    await run(...OWN);
    // Of a service that is about to start, or was killed in the midst of an import.
    const kept = JSON.stringify({ ...NOTHING, imports: [{ app: 'default', type: 'User', pages: 1, since: 'x' }] });
    writeFileSync(state('vitals.json'), kept);
    const taken = new Promise<boolean>((resolve, reject) => {
      const probe = setInterval(() => {
        const trial = createServer();
        trial.once('error', () => resolve(true));
        trial.listen(port, '127.0.0.1', () => trial.close());
      }, 20);
      const examined = run('--db', 'people.db', '--port', String(port), '--json').then(({ stdout }) => {
        clearInterval(probe);
        const { steps, ok } = JSON.parse(stdout) as Told;
        expect(ok).to.equal(true);
        expect(steps[0]).to.include({ name: 'service', status: 'warning' });
      });
      examined.then(() => resolve(false), reject);
    });
    expect(await taken, 'the port that a service may be about to take').to.equal(false);
    expect(readFileSync(state('vitals.json'), 'utf8')).to.equal(kept);
    expect(existsSync(state('running.json'))).to.equal(false);
    expect(credentials()).to.deep.equal([]);
  });

  it('ends with 7 when there are warnings and it is strict', async () => {
    expect((await run(...OWN, '--strict')).code).to.equal(7);
    expect((await run(...OWN, '--read-only')).code).to.equal(0);
  });

  describe('--target', () => {
    const other = new DeviatingServer();
    let url = '';
    before(async () => {
      url = await other.start();
    });
    after(() => other.close());

    it('needs no configuration, and reads a header of a file', async () => {
      writeFileSync(join(folder.path, 'header.txt'), `Authorization: Bearer ${SECRET}\n\nX-Tenant: a\n`);
      const found = await told('--target', `${url}/`, '--header-file', 'header.txt', '--header', 'X-Other: b');
      expect(red(found)).to.deep.equal([]);
      expect(found.code).to.equal(0);
      expect(existsSync(state('.'))).to.equal(false);
    });

    it('is red where it is refused, and never shows the secret', async () => {
      const { code, stdout, stderr } = await run('--target', url, '--header', `Authorization: Bearer ${SECRET}1`);
      expect(code).to.equal(1);
      expect(stdout).to.match(/✗ Test Connector Configuration .*401/);
      expect(stdout + stderr).not.to.include(SECRET);
    });

    for (const words of [
      ['--target', 'scim.example.com'],
      ['--target', 'ftp://scim.example.com/'],
      ['--target', `https://okta:${SECRET}@scim.example.com/`],
      ['--target', 'https://scim.example.com/', '--header', SECRET],
      ['--target', 'https://scim.example.com/', '--header-file', 'nowhere'],
      ['--target', 'https://scim.example.com/', '--ca', 'nowhere'],
      ['--header', `Authorization: ${SECRET}`],
      ['--insecure'],
    ])
      it(`is wrong use: ${words.join(' ').replaceAll(SECRET, '…')}`, async () => {
        const { code, stdout, stderr } = await run(...words);
        expect(code).to.equal(2);
        expect(stdout).to.equal('');
        expect(stderr).to.match(/--(target|header|header-file|ca|insecure)/);
        expect(stderr).not.to.include(SECRET);
      });
  });
});
