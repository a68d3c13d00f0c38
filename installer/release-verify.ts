/**
 * Builds a release and proves it: `npm run release:verify [-- debian rpm arm64 windows]`. Each proof needs root and the Debian
 * packages that README.md names; it fails when they are missing, so that nothing is taken for proven that was not run.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './bundle-options.ts';
import { BUILD } from './release.ts';

const BINARY = join(BUILD, 'bin', 'scim-connector-linux-x64');
const DIST = join(BUILD, 'dist');

function run(program: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  // Scripts ask `node` for the version: it is to be this one.
  const path = `${dirname(process.execPath)}:${process.env['PATH']}`;
  execFileSync(program, words, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, PATH: path, ...env } });
}

/** A root made once; removed by hand. */
function debianRoot(suite: string, ...more: readonly string[]): string {
  const root = join(BUILD, 'roots', suite);
  if (!existsSync(join(root, 'etc', 'debian_version')))
    run('debootstrap', ['--variant=minbase', ...more, suite, root, 'http://deb.debian.org/debian']);
  return root;
}

const mocha = (binary: string): void =>
  run('npm', ['exec', '--', 'mocha', '--no-package', '--timeout', '300000', 'test/binary/binary.test.ts'], {
    CONNECTOR_BIN: binary,
  });

const proofs: Readonly<Record<string, () => void>> = {
  build: () => {
    run('npm', ['run', '-s', 'package']);
    const before = readFileSync(BINARY);
    run('npm', ['run', '-s', 'package', '--', 'linux-x64']);
    if (!readFileSync(BINARY).equals(before)) throw new Error('two builds differ');
    run('npm', ['run', '-s', 'installers']);
    run('sh', ['-c', `cd '${DIST}' && sha256sum --quiet -c SHA256SUMS`]);
    run('sh', ['-c', `lintian --fail-on error '${DIST}'/*.deb`]);
    run('sh', ['-c', `rpmlint -c installer/linux/rpmlint.toml '${DIST}'/*.rpm`]);
  },
  binary: () => mocha(BINARY),
  debian: () => run(join(ROOT, 'installer', 'verify-debian.sh'), [debianRoot('bookworm'), DIST, BINARY]),
  rpm: () => run(join(ROOT, 'installer', 'verify-rpm.sh'), [debianRoot('bookworm'), DIST]),
  arm64: () =>
    mocha(`qemu-aarch64-static -L /usr/aarch64-linux-gnu ${join(BUILD, 'bin', 'scim-connector-linux-arm64')}`),
  windows: () =>
    run(join(ROOT, 'installer', 'verify-windows.sh'), [debianRoot('trixie', '--include=wine,wine64'), DIST]),
};

interface Outcome {
  readonly name: string;
  /** Absent when it passed. */
  readonly failure?: string;
  readonly seconds: number;
}

/** A proof that fails does not keep the others from being told; without the files of `build` there is nothing to prove. */
function prove(names: readonly string[]): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const name of names) {
    const proof = proofs[name];
    if (!proof) throw new Error(`there is no proof "${name}"; take ${Object.keys(proofs).join(', ')}`);
    process.stdout.write(`\n== ${name}\n`);
    const start = performance.now();
    const seconds = (): number => Math.round((performance.now() - start) / 1000);
    try {
      proof();
      outcomes.push({ name, seconds: seconds() });
    } catch (error) {
      outcomes.push({ name, failure: error instanceof Error ? error.message : String(error), seconds: seconds() });
      if (name === 'build') break;
    }
  }
  return outcomes;
}

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(proofs);
const outcomes = prove(names);
process.stdout.write('\n');
for (const { name, failure, seconds } of outcomes)
  process.stdout.write(
    `${failure === undefined ? 'passed' : 'FAILED'}  ${name.padEnd(8)} ${String(seconds).padStart(5)} s${failure === undefined ? '' : `  ${failure}`}\n`,
  );
const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
const left = names.length - outcomes.length;
process.stdout.write(`${outcomes.length - failed} passed, ${failed} failed${left > 0 ? `, ${left} not run` : ''}\n`);
process.exitCode = failed > 0 ? 1 : 0;
