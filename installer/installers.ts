/**
 * Packages of what `npm run package` has built: `npm run installers [-- deb msi linux-x64]` writes build/dist/. README.md says what each file
 * is and which Debian packages make it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedPackages, thirdPartyLicenses } from './contents.ts';
import { sha256Of } from './file-tree.ts';
import { buildLinuxPackages } from './linux-packages.ts';
import { chosenPackages } from './package-kinds.ts';
import { papersWith } from './papers.ts';
import { BUILD, name, version } from './release.ts';
import { sbom } from './sbom.ts';
import { build, step } from './steps.ts';
import { Refusal, requireTools } from './tools.ts';
import { buildWindowsPackages } from './windows-packages.ts';

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

/** @param words  kinds and targets; all without any */
async function buildAll(words: readonly string[]): Promise<void> {
  const chosen = chosenPackages(words);
  const built = chosen.filter(({ target }) => existsSync(join(BUILD, 'bin', target.executable)));
  if (built.length === 0) throw new Refusal('build/bin holds none of these executables: run "npm run package" first');
  requireTools([...built.flatMap(({ tools }) => tools), ...(signingKey === undefined ? [] : (['minisign'] as const))]);
  // Others stay beside what was asked for alone.
  if (words.length === 0) rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST, { recursive: true });
  step('licences and bill of materials');
  const packages = packagedPackages();
  const licenses = thirdPartyLicenses(packages);
  writeFileSync(join(DIST, 'THIRD-PARTY-LICENSES.txt'), licenses);
  writeFileSync(join(DIST, `${name}-${version}.cdx.json`), sbom(packages));
  const papers = await papersWith(licenses);
  for (const { target, kinds } of built) {
    if (target.name === 'win-x64') buildWindowsPackages(target, kinds, papers, DIST);
    else buildLinuxPackages(target, kinds, papers, DIST);
  }
  step('checksums');
  const sums = join(DIST, 'SHA256SUMS');
  const files = readdirSync(DIST)
    .filter((file) => !file.startsWith('SHA256SUMS'))
    .sort();
  writeFileSync(sums, files.map((file) => `${sha256Of(join(DIST, file))}  ${file}\n`).join(''));
  sign(sums);
  for (const file of readdirSync(DIST).sort())
    process.stdout.write(`${(statSync(join(DIST, file)).size / 1e6).toFixed(1).padStart(7)} MB  ${file}\n`);
}

await build(() => buildAll(process.argv.slice(2)));
