import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './bundle-options.ts';
import type { Target } from './targets.ts';

const NODE_TARGETS = join(ROOT, 'installer', 'node-targets');

/** The installed package that holds this target's Node; installs it, checked against its lock file, when it is missing. */
function packageOf({ node }: Target): string {
  const at = [ROOT, NODE_TARGETS].map((folder) => join(folder, 'node_modules', node.package));
  const find = (): string | undefined => at.find((folder) => existsSync(join(folder, node.file)));
  const found = find();
  if (found !== undefined) return found;
  // Several Node packages side by side have the same command: no links, and --force for the foreign platforms.
  const words = ['ci', '--prefix', NODE_TARGETS, '--force', '--no-bin-links', '--ignore-scripts'];
  execFileSync('npm', words, { stdio: ['ignore', 'ignore', 'inherit'] });
  const installed = find();
  if (installed === undefined) throw new Error(`npm installed no ${node.package} in ${NODE_TARGETS}`);
  return installed;
}

/**
 * Puts the target's Node where pkg believes to have downloaded and unpacked it. npm has checked it against the lock file.
 * @returns its version
 */
export function placeNode(target: Target, cache: string): string {
  const folder = packageOf(target);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  // pkg makes the blob with the running Node; another version's blob crashes at the start, without a word.
  if (process.version !== `v${version}`)
    throw new Error(`start this through npm: it needs Node ${version} and not ${process.version}`);
  const windows = target.name.startsWith('win');
  const name = `node-v${version}-${target.name}`;
  const executable = windows ? join(cache, `${name}.exe`) : join(cache, name, 'bin', 'node');
  mkdirSync(dirname(executable), { recursive: true });
  copyFileSync(join(folder, target.node.file), executable);
  chmodSync(executable, 0o755);
  // Before the blob goes in: afterwards it would be cut off.
  if (target.strip !== undefined) execFileSync(target.strip, [executable]);
  if (windows) removeSignature(executable);
  for (const file of [join(cache, `${name}.${windows ? 'zip' : 'tar.gz'}`), executable])
    for (const mark of file === executable ? ['.ok'] : ['', '.ok']) writeFileSync(`${file}${mark}`, '');
  return version;
}

/** The OpenJS signature would stay behind as a broken one that nobody can sign over. */
function removeSignature(executable: string): void {
  const signed = `${executable}.signed`;
  renameSync(executable, signed);
  execFileSync('osslsigncode', ['remove-signature', '-in', signed, '-out', executable], { stdio: 'ignore' });
  rmSync(signed);
}
