import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type CliResult, cli, command } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('what goes wrong on disk', () => {
  const folder = temporaryFolder();
  const run = (words: string): Promise<CliResult> => cli(words.split(' '), { cwd: folder.path });
  const at = (name: string): string => join(folder.path, name);

  /** As on a full disk: no file can grow. */
  const full = (words: string): Promise<CliResult> =>
    promisify(execFile)('sh', ['-c', `ulimit -f 0; exec "$@" ${words}`, 'sh', ...command], { cwd: folder.path }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: CliResult) => error,
    );

  it('leaves no half configuration when the disk is full, and keeps the old one', async () => {
    const { code, stdout, stderr } = await full('init --yes');
    expect([code, stdout, stderr.trim().split('\n').length]).to.deep.equal([1, '', 1]);
    expect(existsSync(at('connector.toml'))).to.equal(false);
    expect((await run('init --yes')).code).to.equal(0);
    const before = readFileSync(at('connector.toml'), 'utf8');
    expect((await full('init --yes --force --put replace')).code).to.equal(1);
    expect(readFileSync(at('connector.toml'), 'utf8')).to.equal(before);
    expect(readdirSync(folder.path)).to.deep.equal(['connector-data', 'connector.toml']);
  });

  it('leaves no lock or empty file that stands in the way of the next attempt', async () => {
    await run('cert renew');
    for (const words of ['token add a', 'cert renew', 'cert export-ca ca.pem', 'config example > example.toml']) {
      const { code, stderr } = await full(words);
      expect([words, code, stderr.trim().split('\n').length]).to.deep.equal([words, 1, 1]);
    }
    expect(existsSync(at('ca.pem'))).to.equal(false);
    expect(readdirSync(at('connector-data')).filter((name) => name.includes('lock'))).to.deep.equal([]);
    expect((await run('token add a')).code).to.equal(0);
  });

  it('takes the configuration back when the file for the token exists', async () => {
    writeFileSync(at('token.txt'), 'mine');
    const { code, stderr } = await run('init --yes --token-file token.txt');
    expect([code, stderr]).to.deep.equal([2, `${at('token.txt')}: exists already; name another\n`]);
    expect(existsSync(at('connector.toml'))).to.equal(false);
    expect(readFileSync(at('token.txt'), 'utf8')).to.equal('mine');
    expect((await run('init --yes --token-file new.txt')).code).to.equal(0);
    const before = readFileSync(at('connector.toml'), 'utf8');
    expect((await run('init --yes --force --put replace --token-file token.txt')).code).to.equal(2);
    expect(readFileSync(at('connector.toml'), 'utf8')).to.equal(before);
  });

  it('names the path that is a folder, or lies below a file', async () => {
    mkdirSync(at('folder'));
    writeFileSync(at('file'), '');
    await run('cert renew');
    expect((await run('cert export-ca folder')).stderr).to.equal('folder: is a folder; name a file\n');
    expect((await run('check --config folder')).stderr).to.match(/folder: is a folder; name the configuration file/);
    const { code, stdout } = await run('check --state_dir file');
    expect(stdout).to.match(/^failed +state +.*file\/: lies below a file, not in a folder$/m);
    expect(code).to.equal(6);
  });

  it('checks an empty database file as one that is to be made, and a folder that cannot be', async () => {
    writeFileSync(at('empty.db'), '');
    expect((await run('check --db empty.db')).stdout).to.match(/^ok +backend .*made at the first start$/m);
    expect((await run('check --db empty.db/people.db')).stdout).to.match(/^failed +backend .*lies below a file/m);
  });
});
