/** What a release has to show before it is one. README.md says what each proof covers. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './bundle-options.ts';
import { LINUX_TOOLS, WINDOWS_TOOLS } from './package-kinds.ts';
import { BUILD, commit } from './release.ts';
import { targets } from './targets.ts';
import type { Tool } from './tools.ts';

export interface Proof {
  readonly tools: readonly Tool[];
  /** @throws Error when something does not hold; what it is has been printed */
  run(): void;
}

const BINARY = join(BUILD, 'bin', 'scim-connector-linux-x64');
const DIST = join(BUILD, 'dist');
const BUILD_TOOLS: readonly Tool[] = [...targets.flatMap(({ tools }) => tools), ...LINUX_TOOLS, ...WINDOWS_TOOLS];

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function run(program: string, words: readonly string[], { cwd = ROOT, env = {} }: RunOptions = {}): void {
  // Scripts ask `node` for the version: it is to be this one.
  const path = `${dirname(process.execPath)}:${process.env['PATH']}`;
  execFileSync(program, words, { cwd, stdio: 'inherit', env: { ...process.env, PATH: path, ...env } });
}

/** A root with these packages and no more than a minimal one has; made once, removed by hand. */
function debianRoot(suite: string, packages: readonly string[] = []): string {
  const root = join(BUILD, 'roots', [suite, ...packages.slice(0, 1)].join('-'));
  if (existsSync(join(root, 'etc', 'debian_version'))) return root;
  // One that was not finished is of no use.
  rmSync(root, { recursive: true, force: true });
  const include = packages.length === 0 ? [] : [`--include=${packages.join(',')}`];
  run('debootstrap', ['--variant=minbase', ...include, suite, root, 'http://deb.debian.org/debian']);
  return root;
}

/** What a machine needs to boot. */
const BOOTABLE = ['systemd', 'systemd-sysv', 'dbus', 'linux-image-cloud-amd64', 'curl'];

const script = (name: string, ...words: readonly string[]): void => run(join(ROOT, 'installer', name), words);

const mocha = (binary: string, ...words: readonly string[]): void =>
  run('npm', ['exec', '--', 'mocha', ...words], { env: { CONNECTOR_BIN: binary } });

function build(cwd: string): void {
  run('npm', ['run', '-s', 'package'], { cwd });
  run('npm', ['run', '-s', 'installers'], { cwd });
}

/** The same commit in another folder. @throws Error the release is not one of a commit, or the two differ */
function buildElsewhere(): void {
  if (commit()?.endsWith('-modified')) throw new Error('only a commit can be built twice: commit first');
  const elsewhere = join(BUILD, 'elsewhere');
  rmSync(elsewhere, { recursive: true, force: true });
  run('git', ['clone', '--quiet', ROOT, elsewhere]);
  run('npm', ['ci', '--silent'], { cwd: elsewhere });
  build(elsewhere);
  const sums = (root: string): string => readFileSync(join(root, 'build', 'dist', 'SHA256SUMS'), 'utf8');
  const [here, there] = [sums(ROOT), sums(elsewhere)].map((text) => text.split('\n'));
  const different = here?.filter((line) => !there?.includes(line)) ?? [];
  if (different.length > 0) throw new Error(`differ when they are built in another folder:\n${different.join('\n')}`);
  process.stdout.write(`${here?.length ?? 0} files are the same when they are built in another folder\n`);
  rmSync(elsewhere, { recursive: true });
}

export const proofs: Readonly<Record<string, Proof>> = {
  build: {
    tools: [...BUILD_TOOLS, 'lintian', 'rpmlint'],
    run: () => {
      build(ROOT);
      run('sha256sum', ['--quiet', '-c', 'SHA256SUMS'], { cwd: DIST });
      run('sh', ['-c', `lintian --fail-on error '${DIST}'/*.deb`]);
      run('sh', ['-c', `rpmlint -c installer/linux/rpmlint.toml '${DIST}'/*.rpm`]);
    },
  },
  reproducible: { tools: BUILD_TOOLS, run: buildElsewhere },
  binary: { tools: [], run: () => mocha(BINARY, 'test/binary/binary.test.ts') },
  debian: {
    tools: ['curl', 'debootstrap', 'minisign'],
    run: () => script('verify-debian.sh', debianRoot('bookworm'), DIST, BINARY),
  },
  'first-steps': {
    tools: ['debootstrap'],
    run: () => script('verify-first-steps.sh', debianRoot('bookworm', ['slapd', 'openssl']), DIST),
  },
  rpm: { tools: ['debootstrap', 'rpmbuild'], run: () => script('verify-rpm.sh', debianRoot('bookworm'), DIST) },
  systemd: {
    tools: ['debootstrap', 'mke2fs', 'qemu-system-x86_64'],
    run: () => script('verify-systemd.sh', debianRoot('bookworm', BOOTABLE), DIST),
  },
  arm64: {
    tools: ['qemu-aarch64-static'],
    run: () =>
      mocha(
        `qemu-aarch64-static -L /usr/aarch64-linux-gnu ${join(BUILD, 'bin', 'scim-connector-linux-arm64')}`,
        '--config',
        'test/binary/foreign.cjs',
      ),
  },
  windows: {
    tools: ['curl', 'debootstrap', 'makensis', 'msibuild', 'x86_64-w64-mingw32-gcc'],
    run: () => script('verify-windows.sh', debianRoot('trixie', ['wine', 'wine64']), DIST),
  },
};
