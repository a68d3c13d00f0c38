import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { FLAVOURS, type FlavourName } from './flavours.ts';

const FOLDERS = [
  ...(process.env['PATH'] ?? '').split(delimiter),
  '/usr/sbin',
  '/sbin',
  // Debian keeps the programs of every version apart.
  '/usr/lib/postgresql/15/bin',
];
/** Where it is, or nothing where it is not installed. */
export const programFile = (program: string): string | undefined =>
  FOLDERS.map((folder) => join(folder, program)).find((file) => existsSync(file));

/** What a test needs besides Node. */
export interface Packaged {
  /** Of Debian. */
  readonly packages: readonly string[];
  /** That show that they are there. */
  readonly programs: readonly string[];
}

const missingPrograms = ({ programs }: Packaged): readonly string[] =>
  programs.filter((program) => programFile(program) === undefined);

const mayInstall = (): boolean =>
  process.getuid?.() === 0 && (process.env['CI'] === 'true' || process.env['CONNECTOR_TEST_INSTALL'] === '1');

/** A packaged server must not start on its own: the tests start theirs. */
const ENVIRONMENT = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };

/** Installs Debian packages, as root and where asked only. @returns why their programs are not there, if so */
export function installPackages(needed: Packaged): string | undefined {
  if (process.platform !== 'linux') return 'test servers run on Linux only';
  if (missingPrograms(needed).length > 0 && mayInstall()) {
    const options = { stdio: 'ignore', env: ENVIRONMENT } as const;
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...needed.packages], options);
  }
  const missing = missingPrograms(needed);
  return missing.length === 0
    ? undefined
    : `${missing.join(', ')} not installed; as root: CONNECTOR_TEST_INSTALL=1, or apt-get install ${needed.packages.join(' ')}`;
}

/** @returns why the server cannot be started, if so */
export function install(name: FlavourName): string | undefined {
  const missing = installPackages(FLAVOURS[name]);
  if (missing !== undefined) return missing;
  return process.getuid?.() === 0 || name === 'openldap' ? undefined : `${name} can only be started by root`;
}
