import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { chosenPackages } from '../../installer/package-kinds.ts';
import { debianPackages, requireTools } from '../../installer/tools.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const INSTALLERS = fileURLToPath(new URL('../../installer/installers.ts', import.meta.url));

describe('packages of a build', () => {
  it('are chosen by kind, by target, or both', () => {
    const named = (words: readonly string[]): readonly string[] =>
      chosenPackages(words).flatMap(({ target, kinds }) => [...kinds].map((kind) => `${target.name} ${kind}`));
    expect(named(['deb'])).to.deep.equal(['linux-x64 deb', 'linux-arm64 deb']);
    expect(named(['linux-x64', 'deb', 'msi'])).to.deep.equal(['linux-x64 deb']);
    expect(named(['win-x64'])).to.deep.equal(['win-x64 msi', 'win-x64 setup.exe', 'win-x64 tar.gz']);
    expect(named([])).to.have.length(9);
    expect(chosenPackages(['deb']).flatMap(({ tools }) => tools)).to.deep.equal([]);
    expect(chosenPackages(['msi']).flatMap(({ tools }) => tools)).to.include('wixl');
  });

  it('that nobody knows are refused in one line', () => {
    const { status, stderr } = spawnSync(process.execPath, [INSTALLERS, 'dmg'], { encoding: 'utf8' });
    expect(status).to.equal(2);
    expect(stderr).to.match(/^there is no package "dmg"; take deb, rpm, tar\.gz, msi, .*linux-x64.*\n$/);
  });
});

describe('tools of the build', () => {
  const folder = temporaryFolder();

  it('names all that is missing, and the command that installs it', () => {
    const path = join(folder.path, 'bin');
    mkdirSync(path);
    writeFileSync(join(path, 'wixl'), '');
    chmodSync(join(path, 'wixl'), 0o755);
    expect(() => requireTools(['wixl', 'makensis', 'x86_64-w64-mingw32-gcc', 'makensis'], path)).to.throw(
      'missing: makensis, x86_64-w64-mingw32-gcc; on Debian: ' +
        'apt-get install gcc-mingw-w64-x86-64-win32 mingw-w64-x86-64-dev nsis',
    );
    expect(() => requireTools(['wixl'], path)).not.to.throw();
  });

  it('lists each Debian package once', () => {
    expect(debianPackages(['rpmbuild', 'curl', 'rpmbuild'])).to.deep.equal(['curl', 'rpm']);
  });
});
