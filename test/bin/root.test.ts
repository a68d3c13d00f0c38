import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CliResult, cli, command } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The account of a service; nobody's on every Linux. */
const SERVICE = 65_534;

/** Whether the program itself can be read by it: it loads parts of itself when it is that account already. */
const canRun = (): boolean =>
  spawnSync(command[0] ?? '', [...command.slice(1), 'version'], { uid: SERVICE }).status === 0;

describe('root, who becomes the account of the service', () => {
  const folder = temporaryFolder();
  const own = (name: string): string => join(folder.path, 'root', name);
  const state = (): string => join(folder.path, 'state');
  const run = (...words: string[]): Promise<CliResult> =>
    cli([...words, '--state_dir', state()], { cwd: join(folder.path, 'root') });
  const done = async (...words: string[]): Promise<CliResult> => {
    const result = await run(...words);
    expect(result.code, result.stderr).to.equal(0);
    return result;
  };
  const foreign = (path: string): readonly string[] =>
    readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(
      (name) => lstatSync(join(path, name)).uid !== SERVICE,
    );

  before(function () {
    if (process.platform === 'win32' || process.getuid?.() !== 0 || !canRun()) this.skip();
  });
  beforeEach(() => {
    chmodSync(folder.path, 0o755);
    for (const name of ['root', 'state']) mkdirSync(join(folder.path, name), { mode: 0o700 });
    chownSync(state(), SERVICE, SERVICE);
  });

  it('reads and writes files in a folder of its own, and leaves nothing in the state that the service cannot have', async () => {
    writeFileSync(own('people.csv'), 'userName\nana@example.com\n', { mode: 0o600 });
    await done('data', 'import', 'people.csv', '--dry-run');
    await done('data', 'import', 'people.csv');
    await done('data', 'export', 'out.jsonl');
    expect(readFileSync(own('out.jsonl'), 'utf8')).to.include('ana@example.com');
    expect((await run('data', 'export', 'out.jsonl')).code).to.equal(2);
    await done('data', 'backup', 'copy.db');
    await done('data', 'backup', 'copy.db', '--overwrite');
    await done('data', 'restore', 'copy.db', '--yes');
    expect((await done('data', 'export')).stdout).to.include('ana@example.com');
    await done('cert', 'renew', '--ca', '--yes');
    await done('cert', 'export-ca', 'ca.pem');
    expect(readFileSync(own('ca.pem'), 'utf8')).to.match(/^-----BEGIN CERTIFICATE-----/);
    expect(readdirSync(join(folder.path, 'root'))).to.have.members(['people.csv', 'out.jsonl', 'copy.db', 'ca.pem']);
    expect(foreign(state())).to.deep.equal([]);
    expect(readdirSync(state()).filter((name) => name.includes('partial'))).to.deep.equal([]);
  });

  it('leaves no content in a file that was not completed', async () => {
    const { code, stderr } = await run('data', 'export', 'out.jsonl', '--db', join(state(), 'gone.db'));
    expect(code).to.equal(3);
    expect(stderr).to.include('gone.db does not exist');
    expect(existsSync(own('out.jsonl')) && readFileSync(own('out.jsonl'), 'utf8') !== '').to.equal(false);
  });
});
