import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { meantConfig } from '../../../bin/host/meant-config.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('which configuration a command means that names none', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  const write = (name: string, text = 'config_version = 1\n'): string => {
    writeFileSync(at(name), text);
    return at(name);
  };
  const meant = (installed?: string, namesState = false) => meantConfig({ folder: folder.path, installed, namesState });

  it('the one in the current folder, and says so', () => {
    expect(meant()).to.deep.equal({});
    const file = write('connector.toml');
    expect(meant()).to.deep.equal({ file, notice: { text: 'using connector.toml in this folder', warning: false } });
    expect(meant(undefined, true).file).to.equal(file);
  });

  it('warns of one under another name, and of no other TOML', () => {
    write('Cargo.toml', '[package]\nname = "x"\n');
    expect(meant()).to.deep.equal({});
    write('prod.toml', '# ours\n\nconfig_version = 1\n');
    const text = 'prod.toml in this folder is not used; name it with --config prod.toml';
    expect(meant()).to.deep.equal({ notice: { text, warning: true } });
    expect(meant(undefined, true)).to.deep.equal({});
  });

  it('the installed one, before the one here', () => {
    mkdirSync(at('etc'));
    const installed = write('etc/connector.toml');
    expect(meant(installed)).to.deep.equal({ file: installed });
    write('connector.toml');
    const text = `using ${installed}, not the connector.toml in this folder`;
    expect(meant(installed)).to.deep.equal({ file: installed, notice: { text, warning: false } });
  });

  it('no defaults where a connector is installed and its configuration is gone', () => {
    const gone = at('etc/connector.toml');
    expect(() => meant(gone))
      .to.throw(`${gone}: no such file; make it with "scim-connector init"`)
      .with.property('exitCode', 2);
    expect(meant(gone, true), 'whoever says where the state is').to.deep.equal({});
    const file = write('connector.toml');
    expect(meant(gone).file).to.equal(file);
  });

  it('no defaults for somebody who may not look whether there is one', function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) return this.skip();
    mkdirSync(at('etc'));
    const installed = write('etc/connector.toml');
    chmodSync(at('etc'), 0o000);
    try {
      expect(() => meant(installed)).to.throw(`${installed}: the installed connector's configuration may not be read`);
    } finally {
      chmodSync(at('etc'), 0o700);
    }
  });
});
