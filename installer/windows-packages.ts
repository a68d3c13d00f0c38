/** .msi, setup.exe and .tar.gz for Windows. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHELLS } from '../bin/cli/completion-script.ts';
import { SERVICE_HOST } from '../bin/host/installation.ts';
import { ROOT } from './bundle-options.ts';
import { put, run, setTimes, sha256Of } from './file-tree.ts';
import { buildEach, type Kind } from './package-kinds.ts';
import { type Papers, putDocumentation } from './papers.ts';
import { BUILD, epoch, name, version } from './release.ts';
import { uuidOf } from './sbom.ts';
import { stageOf, type Target } from './targets.ts';

const WINDOWS = join(ROOT, 'installer', 'windows');
const MAKER = 'scim-connector maintainers';

/** As Notepad of older versions needs them. */
const lines = (text: string): string => text.replaceAll('\n', '\r\n');

const DOCS = 'docs';

function fillTree(root: string, target: Target, papers: Papers): void {
  rmSync(root, { recursive: true, force: true });
  const native = join(stageOf(target), 'native');
  put(root, `${name}.exe`, { from: join(BUILD, 'bin', target.executable) });
  put(root, SERVICE_HOST, { from: join(native, SERVICE_HOST) });
  put(root, 'better_sqlite3.node', { from: join(native, 'better_sqlite3.node') });
  put(root, 'THIRD-PARTY-LICENSES.txt', { text: lines(papers.licenses) });
  putDocumentation(root, DOCS, papers);
  put(root, `${name}.ps1`, { text: lines(SHELLS.powershell) });
  setTimes(root);
}

/**
 * What wixl 0.101 gets wrong. Place of each action in InstallExecuteSequence: an older version goes first and inside the
 * transaction, so that a failure brings it back.
 */
const SEQUENCE = {
  KeepFolder: 51, // after AppSearch
  RemoveExistingProducts: 1501, // after InstallInitialize
  RemoveService: 2001, // after DeleteServices, before RemoveFiles
  Purge: 2002,
  UndoService: 4001, // after InstallFiles
  MakeService: 4002,
  SetUp: 4003,
};
/** Custom action types: learn.microsoft.com/windows/win32/msi/custom-action-return-processing-options and its neighbours. */
const TYPE = { KeepFolder: 51, UndoService: 18 + 0x40 + 0x100 + 0x400 + 0x800 };
/** May be given by whoever is not an administrator and has somebody elevate the installation. */
const SECURE = ['INSTALLDIR', 'ANSWERS', 'PURGE', 'WIX_DOWNGRADE_DETECTED', 'WIX_UPGRADE_DETECTED'];

const CORRECTIONS = [
  `UPDATE InstallUISequence SET Sequence = ${SEQUENCE.KeepFolder} WHERE Action = 'KeepFolder'`,
  ...Object.entries(SEQUENCE).map(
    ([action, place]) => `UPDATE InstallExecuteSequence SET Sequence = ${place} WHERE Action = '${action}'`,
  ),
  ...Object.entries(TYPE).map(([action, type]) => `UPDATE CustomAction SET Type = ${type} WHERE Action = '${action}'`),
  `UPDATE Property SET Value = '${SECURE.join(';')}' WHERE Property = 'SecureCustomProperties'`,
];

/** What wixl is told of the pages: they are many, and their names change with the documentation. */
function source(root: string): string {
  const pages = readdirSync(join(root, DOCS)).sort();
  const component = (page: string, i: number): string =>
    `<Component Id="Page${i}" Guid="*" Win64="yes"><File Id="PageFile${i}" Source="${DOCS}/${page}" KeyPath="yes" /></Component>`;
  return readFileSync(join(WINDOWS, `${name}.wxs`), 'utf8')
    .replace(/<!-- [^>]*a component for each page -->/, pages.map(component).join('\n'))
    .replace(
      /<!-- [^>]*a reference to each page -->/,
      pages.map((_, i) => `<ComponentRef Id="Page${i}" />`).join('\n'),
    );
}

/** wixl stamps the time of day and a random package code; a fixed clock and `msibuild -s` make two builds identical. */
function buildMsi(root: string, dist: string): void {
  const file = join(dist, `${name}-${version}-x64.msi`);
  const clock = ['-f', new Date(epoch * 1000).toISOString().slice(0, 19).replace('T', ' ')];
  const variables = { Version: version, ProductCode: uuidOf(`${name} ${version} product`).toUpperCase() };
  const defines = Object.entries(variables).flatMap(([key, value]) => ['-D', `${key}=${value}`]);
  const wxs = `${root}.wxs`;
  writeFileSync(wxs, source(root));
  run('faketime', [...clock, 'wixl', '-a', 'x64', ...defines, '-o', file, wxs], root);
  run('msibuild', [file, '-q', ...CORRECTIONS]);
  const code = `{${uuidOf(`${sha256Of(join(root, `${name}.exe`))} ${version}`).toUpperCase()}}`;
  run('faketime', [...clock, 'msibuild', file, '-s', `SCIM Connector ${version}`, MAKER, 'x64;1033', code]);
}

function buildSetup(root: string, dist: string): void {
  const defines = { VERSION: version, SRC: root, OUT: join(dist, `${name}-${version}-x64-setup.exe`) };
  const words = Object.entries(defines).map(([key, value]) => `-D${key}=${value}`);
  run('makensis', ['-V2', ...words, join(WINDOWS, `${name}.nsi`)]);
}

/** Windows 10 and later unpack it with their own tar.exe; `upgrade` takes it. */
function buildArchive(root: string, dist: string): void {
  const owner = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--format=ustar', '--mode=0644'];
  const folder = `${name}-${version}`;
  const renamed = ['--transform', `s,^,${folder}/,`];
  const files = [`${name}.exe`, 'THIRD-PARTY-LICENSES.txt', `${name}.ps1`, DOCS];
  run('tar', [
    ...owner,
    ...renamed,
    '-I',
    'gzip -9n',
    '-C',
    root,
    '-cf',
    join(dist, `${folder}-win-x64.tar.gz`),
    ...files,
  ]);
}

export function buildWindowsPackages(target: Target, kinds: ReadonlySet<Kind>, papers: Papers, dist: string): void {
  const root = join(BUILD, 'tree', target.name);
  fillTree(root, target, papers);
  buildEach(target, kinds, {
    msi: () => buildMsi(root, dist),
    'setup.exe': () => buildSetup(root, dist),
    'tar.gz': () => buildArchive(root, dist),
  });
}
