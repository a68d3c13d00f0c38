/**
 * One file per platform that needs nothing installed: `npm run package [-- linux-x64 linux-arm64 win-x64]` writes
 * build/bin/. Uses pkg in its SEA mode on the Node of the package registry: no other download, and the same commit
 * gives the same bytes. README.md says what is installed for it.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './bundle-options.ts';
import { sha256Of } from './file-tree.ts';
import { placeNode } from './node-executable.ts';
import { bundleForPackage } from './packaged-bundle.ts';
import { BUILD, epoch, name, version } from './release.ts';
import { buildServiceHost } from './service-host.ts';
import { build, step } from './steps.ts';
import { chosenTargets, stageOf, type Target } from './targets.ts';
import { requireTools } from './tools.ts';

/** pkg looks for Node below HOME. */
const HOME = join(BUILD, 'pkg-home');
const BUNDLE = join(BUILD, 'bundle', 'scim-connector.cjs');

/** A folder with what this target needs and nothing else: pkg packs what it finds. */
function stage(target: Target): string {
  const folder = stageOf(target);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'native'), { recursive: true });
  copyFileSync(BUNDLE, join(folder, 'scim-connector.cjs'));
  copyFileSync(
    join(ROOT, 'node_modules', 'better-sqlite3', 'prebuilds', target.addon),
    join(folder, 'native', 'better_sqlite3.node'),
  );
  if (target.name === 'win-x64') buildServiceHost(join(folder, 'native'));
  const manifest = { name, version, bin: 'scim-connector.cjs', pkg: { sea: true, assets: ['native/*'] } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

function pack(target: Target): void {
  const nodeVersion = placeNode(target, join(HOME, '.pkg-cache', 'sea'));
  const out = join(BUILD, 'bin', target.executable);
  mkdirSync(dirname(out), { recursive: true });
  const packed = join(BUILD, 'stage', target.name, target.executable);
  const words = ['.', '--sea', '-t', `node${nodeVersion}-${target.name}`, '-o', packed];
  execFileSync(
    process.execPath,
    ['-r', join(ROOT, 'installer', 'pkg-hook.cjs'), join(ROOT, 'node_modules', 'pkg', 'lib-es5', 'bin.js'), ...words],
    {
      cwd: stage(target),
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, HOME, USERPROFILE: HOME, TMPDIR: '/tmp' },
    },
  );
  // pkg writes in large pieces, which the page cache keeps and maps whole: 6 MB more of resident memory until it forgets.
  rmSync(out, { force: true });
  copyFileSync(packed, out);
  rmSync(packed);
  chmodSync(out, 0o755);
  utimesSync(out, epoch, epoch);
  const size = (statSync(out).size / 1e6).toFixed(1).padStart(6);
  process.stdout.write(`${relative(ROOT, out).padEnd(40)} ${size} MB  ${sha256Of(out)}\n`);
}

async function packAll(names: readonly string[]): Promise<void> {
  const targets = chosenTargets(names);
  requireTools(targets.flatMap(({ tools }) => tools));
  rmSync(dirname(BUNDLE), { recursive: true, force: true });
  step('bundle');
  const metafile = await bundleForPackage(BUNDLE);
  // Licences and the bill of materials are made from it.
  writeFileSync(join(dirname(BUNDLE), 'metafile.json'), JSON.stringify(metafile));
  if (!existsSync(BUNDLE)) throw new Error('esbuild wrote no bundle');
  for (const target of targets) {
    step(`${target.name}: the executable`);
    pack(target);
  }
}

await build(() => packAll(process.argv.slice(2)));
