/**
 * Packages of what `npm run package` has built: `npm run installers` writes build/dist/. README.md says what each file
 * is and which Debian packages make it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedPackages, thirdPartyLicenses } from './contents.ts';
import { sha256Of } from './file-tree.ts';
import { buildLinuxPackages, LINUX_TOOLS } from './linux-packages.ts';
import { BUILD, name, version } from './release.ts';
import { sbom } from './sbom.ts';
import { type Target, targets } from './targets.ts';
import { requireTools } from './tools.ts';
import { buildWindowsPackages, WINDOWS_TOOLS } from './windows-packages.ts';

const DIST = join(BUILD, 'dist');
const signingKey = process.env['RELEASE_SECRET_KEY'];

/** Signs the checksums, and so all files, with the releaser's minisign key; without one the release is unsigned. */
function sign(file: string): void {
  if (signingKey === undefined) {
    process.stderr.write('not signed: RELEASE_SECRET_KEY names no minisign key\n');
    return;
  }
  execFileSync('minisign', ['-S', '-s', signingKey, '-m', file, '-t', `${name} ${version}`], { stdio: 'inherit' });
}

const built = targets.filter(({ executable }) => existsSync(join(BUILD, 'bin', executable)));
if (built.length === 0) throw new Error('build/bin is empty: run "npm run package" first');
const isWindows = (target: Target): boolean => target.name === 'win-x64';
requireTools([
  ...built.flatMap((target) => (isWindows(target) ? WINDOWS_TOOLS : LINUX_TOOLS)),
  ...(signingKey === undefined ? [] : (['minisign'] as const)),
]);
rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });
const packages = packagedPackages();
const licenses = thirdPartyLicenses(packages);
writeFileSync(join(DIST, 'THIRD-PARTY-LICENSES.txt'), licenses);
writeFileSync(join(DIST, `${name}-${version}.cdx.json`), sbom(packages));
for (const target of built) {
  if (isWindows(target)) buildWindowsPackages(target, licenses, DIST);
  else buildLinuxPackages(target, licenses, DIST);
}
const files = readdirSync(DIST).sort();
const sums = join(DIST, 'SHA256SUMS');
writeFileSync(sums, files.map((file) => `${sha256Of(join(DIST, file))}  ${file}\n`).join(''));
sign(sums);
for (const file of readdirSync(DIST).sort())
  process.stdout.write(`${(statSync(join(DIST, file)).size / 1e6).toFixed(1).padStart(7)} MB  ${file}\n`);
