import { expect } from 'chai';
import { packagesOf, thirdPartyLicenses } from '../../installer/contents.ts';
import { sbom } from '../../installer/sbom.ts';

const files = [
  'bin/scim-connector.ts',
  'node_modules/@peculiar/x509/build/x509.cjs.js',
  'node_modules/cliui/node_modules/strip-ansi/index.js',
  'node_modules/koa/lib/application.js',
  'node_modules/koa/lib/context.js',
  'node_modules/string-width/node_modules/strip-ansi/index.js',
];

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly group?: string;
  readonly hashes?: readonly object[];
  readonly description?: string;
}

describe('bill of materials', () => {
  const packages = packagesOf(files);
  const { components } = JSON.parse(sbom(packages)) as { components: readonly Component[] };

  it('names a package once, however often it is installed in this version', () => {
    const refs = components.map((component) => component['bom-ref']);
    expect(new Set(refs).size).to.equal(refs.length);
    expect(components.filter(({ name }) => name === 'strip-ansi')).to.have.length(1);
    expect(thirdPartyLicenses(packages).match(/^strip-ansi@/gm)).to.have.length(1);
  });

  it('gives each package its scope and the hash of the lock file', () => {
    const x509 = components.find(({ name }) => name === 'x509');
    expect(x509).to.include({ group: '@peculiar' });
    expect(x509?.hashes).to.have.length(1);
  });

  it('holds Node, every library inside it, and the SQLite that is used', () => {
    const inNode = components.filter(({ description }) => description === 'part of Node').map(({ name }) => name);
    expect(inNode).to.include.members(['v8', 'openssl', 'simdutf', 'acorn', 'uvwasi', 'undici']);
    expect(inNode).not.to.include.members(['modules', 'napi']);
    expect(components.map(({ description }) => description)).to.include('part of better-sqlite3');
  });
});
