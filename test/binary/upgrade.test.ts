import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { command, isPackaged } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

describe('upgrade of an executable', () => {
  const folder = temporaryFolder();
  const at = (...names: string[]): string => join(folder.path, ...names);

  interface Result {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }
  const run = (...words: string[]): Result =>
    spawnSync(at('connector'), [...words, '--config', at('connector.toml')], { encoding: 'utf8' });
  const version = (): string => (JSON.parse(run('version', '--json').stdout) as { version: string }).version;
  const put = (content: Buffer | string, sum = sha256(content)): void => {
    writeFileSync(at('release', 'new'), content, { mode: 0o755 });
    writeFileSync(at('release', 'SHA256SUMS'), `${sum}  new\n`);
  };
  /** As much of an executable as `upgrade` asks for. */
  const claims = (check: number): string =>
    `#!/bin/sh\ncase $1 in version) echo '{"version":"9.9.9"}' ;; check) echo 'a finding'; exit ${check} ;; esac\n`;

  before(function () {
    // Only this processor's can be copied and started by its name.
    if (!isPackaged || command.length > 1) this.skip();
  });
  beforeEach(() => {
    copyFileSync(command[0] ?? '', at('connector'));
    mkdirSync(at('release'));
    expect(run('init', '--yes', '--port', '1').status).to.equal(0);
  });

  const expectUnchanged = (result: Result, said: RegExp): void => {
    expect(result.status).not.to.equal(0);
    expect(result.stderr).to.match(said);
    expect(result.stderr).to.match(/nothing was changed/);
    expect(version()).not.to.equal('9.9.9');
    expect(existsSync(at('connector.next'))).to.equal(false);
  };

  it('refuses a file that is not there, or not the one of the checksums', () => {
    expectUnchanged(run('upgrade', at('release', 'new'), '--unsigned'), /there is no file .*new: nothing/);
    put(claims(0), sha256('another'));
    expectUnchanged(run('upgrade', at('release', 'new'), '--unsigned'), /SHA-256 differs/);
  });

  it('refuses a release that is not signed, unless it is told to take it', () => {
    put(claims(0));
    expectUnchanged(run('upgrade', at('release', 'new')), /no key of the releaser; name it with --public-key/);
  });

  it('leaves everything as it is when the new one does not start or finds something wrong', () => {
    put('#!/bin/sh\nexit 3\n');
    expectUnchanged(run('upgrade', at('release', 'new'), '--unsigned'), /the new executable failed \(exit code 3\)/);
    put('#!/bin/sh\necho hello\n');
    expectUnchanged(run('upgrade', at('release', 'new'), '--unsigned'), /does not tell its version.*\n\s*hello/);
    put(claims(6));
    expectUnchanged(run('upgrade', at('release', 'new'), '--unsigned'), /by version 9\.9\.9 failed.*\n\s*a finding/);
  });

  it('takes its place after a backup, and gives it back', () => {
    put(claims(0));
    const before = readFileSync(at('connector'));
    const upgraded = run('upgrade', at('release', 'new'), '--unsigned', '--json');
    expect(upgraded.status, upgraded.stderr).to.equal(0);
    const { to, backup } = JSON.parse(upgraded.stdout) as { to: string; backup: string };
    expect(to).to.equal('9.9.9');
    expect(existsSync(join(backup, 'connector.toml'))).to.equal(true);
    expect(version()).to.equal('9.9.9');
    // The new one is a script that cannot go back: the operator calls the one that is kept.
    expect(readFileSync(at('connector.previous')).equals(before)).to.equal(true);
  });

  it('goes back to the one before', () => {
    put(readFileSync(command[0] ?? ''));
    expect(run('upgrade', at('release', 'new'), '--unsigned').status).to.equal(0);
    writeFileSync(at('connector.previous'), claims(0), { mode: 0o755 });
    const back = run('rollback', '--json');
    expect(back.status, back.stderr).to.equal(0);
    expect(JSON.parse(back.stdout)).to.include({ to: '9.9.9' });
    expect(version()).to.equal('9.9.9');
    expect(existsSync(at('connector.next'))).to.equal(true);
  });

  it('has nothing to go back to before the first upgrade', () => {
    const { status, stderr } = run('rollback');
    expect(status).to.equal(2);
    expect(stderr).to.match(/nothing was upgraded here/);
  });
});
