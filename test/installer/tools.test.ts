import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { debianPackages, requireTools } from '../../installer/tools.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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
