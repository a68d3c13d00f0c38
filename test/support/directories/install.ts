import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { FLAVOURS, type Flavour, type FlavourName } from './flavours.ts';

const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
/** Where it is, or nothing where it is not installed. */
export const programFile = (program: string): string | undefined =>
  FOLDERS.map((folder) => join(folder, program)).find((file) => existsSync(file));

const missingPrograms = ({ programs }: Flavour): readonly string[] =>
  programs.filter((program) => programFile(program) === undefined);

const mayInstall = (): boolean =>
  process.getuid?.() === 0 && (process.env['CI'] === 'true' || process.env['CONNECTOR_TEST_INSTALL'] === '1');

/** A packaged server must not start on its own: the tests start theirs. */
const ENVIRONMENT = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };

/** Installs the server from Debian packages, as root and where asked only. @returns why it is not there, if so */
export function install(name: FlavourName): string | undefined {
  if (process.platform !== 'linux') return 'test servers run on Linux only';
  const flavour = FLAVOURS[name];
  if (missingPrograms(flavour).length > 0 && mayInstall()) {
    const options = { stdio: 'ignore', env: ENVIRONMENT } as const;
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...flavour.packages], options);
  }
  const missing = missingPrograms(flavour);
  if (missing.length > 0) {
    return `${missing.join(', ')} not installed; as root: CONNECTOR_TEST_INSTALL=1, or apt-get install ${flavour.packages.join(' ')}`;
  }
  return process.getuid?.() === 0 || name === 'openldap' ? undefined : `${name} can only be started by root`;
}
