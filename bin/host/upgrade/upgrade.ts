import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Notices } from '../../../connector/log/notices.ts';
import { decodeText } from '../../../connector/text/decode-text.ts';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { release } from '../../cli/version.ts';
import { SERVICE } from '../installation.ts';
import { type Executables, executables, replace, runExecutable, versionOf } from './executable.ts';
import { configFile, restart, runningService } from './restart.ts';
import { executableIn } from './unpack.ts';
import { verifyRelease } from './verify-release.ts';
import { isOlder } from './version-order.ts';

/** Set by the packager when it knows: minisign's public key of the releaser. */
declare const RELEASE_KEY: string | undefined;

export interface UpgradeOptions {
  /** The configuration file, when one was named. */
  readonly config: string | undefined;
  /** minisign's, text or file. */
  readonly publicKey: string | undefined;
  readonly unsigned: boolean;
  readonly allowDowngrade: boolean;
}

export interface Upgraded {
  /** Versions. */
  readonly from: string;
  readonly to: string;
  /** Folder of the backup made before. */
  readonly backup: string;
  /** Whether a service was restarted with it. */
  readonly running: boolean;
}

const EXECUTABLE = process.platform === 'win32' ? `${SERVICE}.exe` : SERVICE;

const keyOf = (given: string | undefined): string | undefined => {
  if (given === undefined) return typeof RELEASE_KEY === 'string' ? RELEASE_KEY : undefined;
  return existsSync(given) ? decodeText(readFileSync(given), given) : given;
};

/** A release goes on being signed after its faults are known. @throws CommandError */
export function refuseOlder(version: string, current: string): void {
  if (!isOlder(version, current)) return;
  throw new CommandError(
    EXIT.usage,
    `version ${version} is older than ${current}, which runs here: nothing was changed; "rollback" goes back to the executable before the last upgrade, --allow-downgrade takes this one`,
  );
}

interface Preparation {
  /** What every command of an executable is given. */
  readonly flag: readonly string[];
  readonly allowDowngrade: boolean;
}

/** Nothing is replaced unless the new executable starts and finds everything in order. */
function prepare(
  { current, next }: Executables,
  content: Buffer,
  { flag, allowDowngrade }: Preparation,
  notices: Notices,
) {
  // A killed upgrade may have left one, with whatever rights.
  rmSync(next, { force: true });
  writeFileSync(next, executableIn(content, EXECUTABLE), { mode: 0o755, flag: 'wx', flush: true });
  chmodSync(next, 0o755);
  try {
    const version = versionOf(next, 'the new executable');
    if (!allowDowngrade) refuseOlder(version, release.version);
    // The commands give up root by themselves.
    const backup = runExecutable(current, ['upgrade', '--backup-only', '--quiet', ...flag], 'the backup').trim();
    notices.info(`backup in ${backup}`);
    runExecutable(next, ['check', ...flag], `the check by version ${version}`);
    notices.info(`version ${version} finds everything in order`);
    return { version, backup };
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

/**
 * Puts the executable of a release in the place of this one, and goes back when it does not become ready.
 * @throws CommandError with the state things are in
 */
export async function upgradeTo(file: string, options: UpgradeOptions, notices: Notices): Promise<Upgraded> {
  const own = executables();
  const { unsigned, allowDowngrade } = options;
  const content = verifyRelease(resolve(file), { publicKey: keyOf(options.publicKey), unsigned });
  notices.info(unsigned ? 'checksum verified; not signed' : 'signature and checksum verified');
  const config = configFile(options.config);
  const flag = config === undefined ? [] : ['--config', config];
  const { version, backup } = prepare(own, content, { flag, allowDowngrade }, notices);
  const service = await runningService();
  replace(own.current, own.next, own.previous);
  if (service && !(await restart(service, own.current, config))) {
    replace(own.current, own.previous, own.next);
    const back = await restart(service, own.current, config);
    const state = back ? `version ${release.version} runs again` : `version ${release.version} is back but not ready`;
    throw new CommandError(EXIT.failed, `version ${version} did not become ready; ${state}`);
  }
  return { from: release.version, to: version, backup, running: service !== undefined };
}
