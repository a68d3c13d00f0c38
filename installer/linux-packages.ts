/** .deb, .rpm and .tar.gz of one Linux target. */
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SHELLS } from '../bin/cli/completion-script.ts';
import { PACKAGED_PROGRAM } from '../bin/host/installation.ts';
import { systemdUnit } from '../bin/host/service/systemd-unit.ts';
import { ROOT } from './bundle-options.ts';
import { put, run, setTimes } from './file-tree.ts';
import { buildEach, type Kind } from './package-kinds.ts';
import { type Papers, putCompletions, putDocumentation } from './papers.ts';
import { BUILD, epoch, name, version } from './release.ts';
import { stageOf, type Target } from './targets.ts';

/** What the distributions call the processor. */
const PROCESSORS: Readonly<Record<string, { readonly deb: string; readonly rpm: string }>> = {
  'linux-x64': { deb: 'amd64', rpm: 'x86_64' },
  'linux-arm64': { deb: 'arm64', rpm: 'aarch64' },
};

const MAINTAINER = 'scim-connector maintainers <maintainers@scim-connector.invalid>';
const URL = 'https://scim-connector.invalid/';
const LINUX = join(ROOT, 'installer', 'linux');

/** The installed files, under `root`. */
function fillTree(root: string, target: Target, papers: Papers): void {
  const { licenses, manPage } = papers;
  rmSync(root, { recursive: true, force: true });
  const program = `${PACKAGED_PROGRAM}/${name}`;
  put(root, program, { from: join(BUILD, 'bin', target.executable), mode: 0o755 });
  const addon = join(stageOf(target), 'native', 'better_sqlite3.node');
  put(root, `${PACKAGED_PROGRAM}/better_sqlite3.node`, { from: addon });
  put(root, `${PACKAGED_PROGRAM}/after-install`, { from: join(LINUX, 'after-install'), mode: 0o755 });
  const unit = systemdUnit({ program, configFile: `/etc/${name}/connector.toml` });
  put(root, `usr/lib/systemd/system/${name}.service`, { text: unit });
  put(root, `usr/lib/sysusers.d/${name}.conf`, { from: join(LINUX, 'sysusers.conf') });
  put(root, `usr/share/doc/${name}/copyright`, { from: join(ROOT, 'LICENSE') });
  put(root, `usr/share/doc/${name}/THIRD-PARTY-LICENSES.txt`, { text: licenses });
  putDocumentation(root, `usr/share/doc/${name}`, papers);
  putCompletions(root);
  put(root, `usr/share/man/man1/${name}.1.gz`, { text: gzipSync(manPage, { level: 9 }) });
  mkdirSync(join(root, 'usr/bin'), { recursive: true });
  symlinkSync(`..${program.replace('/usr', '')}`, join(root, 'usr/bin', name));
  for (const folder of [`etc/${name}`, `var/lib/${name}`]) {
    mkdirSync(join(root, folder), { recursive: true });
    chmodSync(join(root, folder), folder.startsWith('etc') ? 0o750 : 0o700);
  }
}

function buildRpm(root: string, processor: string, dist: string): void {
  const top = `${root}.rpm`;
  rmSync(top, { recursive: true, force: true });
  const macros = { _topdir: top, _tree: root, _ver: version, _url: URL };
  const defines = Object.entries(macros).flatMap(([macro, value]) => ['--define', `${macro} ${value}`]);
  run('rpmbuild', ['-bb', '--quiet', '--target', `${processor}-linux`, ...defines, join(LINUX, `${name}.spec`)]);
  const file = `${name}-${version}-1.${processor}.rpm`;
  copyFileSync(join(top, 'RPMS', processor, file), join(dist, file));
}

function control(root: string, processor: string): string {
  const size = run('du', ['-sk', '--apparent-size', root]).split('\t')[0];
  return `Package: ${name}
Version: ${version}-1
Architecture: ${processor}
Maintainer: ${MAINTAINER}
Installed-Size: ${size}
Depends: libc6 (>= 2.34), libstdc++6, libgcc-s1, passwd
Section: net
Priority: optional
Homepage: ${URL}
Description: SCIM connector for Okta's on-premises provisioning agent
 Lets Okta create, update and deactivate people in a system behind your
 firewall. One executable, SCIM 1.1 and 2.0, nothing to install beside it.
`;
}

function changelog(): Buffer {
  const date = new Date(epoch * 1000).toUTCString().replace('GMT', '+0000');
  const text = `${name} (${version}-1) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- ${MAINTAINER}  ${date}\n`;
  return gzipSync(text, { level: 9 });
}

function buildDeb(root: string, processor: string, dist: string): void {
  put(root, `usr/share/doc/${name}/changelog.Debian.gz`, { text: changelog() });
  put(root, `usr/share/lintian/overrides/${name}`, { from: join(LINUX, 'lintian-overrides') });
  const files = run('find', ['usr', '-type', 'f'], root).trim().split('\n').sort();
  const md5 = (file: string): string =>
    createHash('md5')
      .update(readFileSync(join(root, file)))
      .digest('hex');
  put(root, 'DEBIAN/md5sums', { text: files.map((file) => `${md5(file)}  ${file}\n`).join('') });
  put(root, 'DEBIAN/control', { text: control(root, processor) });
  for (const script of ['postinst', 'prerm', 'postrm'])
    put(root, `DEBIAN/${script}`, { from: join(LINUX, script), mode: 0o755 });
  setTimes(root);
  const file = join(dist, `${name}_${version}-1_${processor}.deb`);
  run('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', root, file]);
}

/** The bare executable, for those who install nothing. */
function buildArchive(target: Target, papers: Papers, dist: string): void {
  const { licenses, manPage } = papers;
  const folder = `${name}-${version}`;
  const root = join(BUILD, 'tree', `${target.name}.tar`);
  rmSync(root, { recursive: true, force: true });
  put(root, `${folder}/${name}`, { from: join(BUILD, 'bin', target.executable), mode: 0o755 });
  put(root, `${folder}/THIRD-PARTY-LICENSES.txt`, { text: licenses });
  put(root, `${folder}/${name}.1`, { text: manPage });
  putDocumentation(root, `${folder}/docs`, papers);
  for (const [shell, text] of Object.entries(SHELLS)) put(root, `${folder}/completions/${name}.${shell}`, { text });
  setTimes(root);
  const owner = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--format=ustar'];
  run('tar', [...owner, '-I', 'gzip -9n', '-C', root, '-cf', join(dist, `${folder}-${target.name}.tar.gz`), folder]);
}

export function buildLinuxPackages(target: Target, kinds: ReadonlySet<Kind>, papers: Papers, dist: string): void {
  const processor = PROCESSORS[target.name];
  if (!processor) throw new Error(`no distribution is known for ${target.name}`);
  const root = join(BUILD, 'tree', target.name);
  fillTree(root, target, papers);
  setTimes(root);
  buildEach(target, kinds, {
    rpm: () => buildRpm(root, processor.rpm, dist),
    deb: () => buildDeb(root, processor.deb, dist),
    'tar.gz': () => buildArchive(target, papers, dist),
  });
}
