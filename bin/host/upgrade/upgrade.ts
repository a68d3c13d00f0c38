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

/** Set by the packager when it knows: minisign's public key of the releaser. */
declare const RELEASE_KEY: string | undefined;

export interface UpgradeOptions {
  /** The configuration file, when one was named. */
  readonly config: string | undefined;
  /** minisign's, text or file. */
  readonly publicKey: string | undefined;
  readonly unsigned: boolean;
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

/** Nothing is replaced unless the new executable starts and finds everything in order. */
function prepare({ current, next }: Executables, content: Buffer, flag: readonly string[], notices: Notices) {
  writeFileSync(next, executableIn(content, EXECUTABLE), { mode: 0o755 });
  chmodSync(next, 0o755);
  try {
    const version = versionOf(next, 'the new executable');
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
  const { unsigned } = options;
  const content = verifyRelease(resolve(file), { publicKey: keyOf(options.publicKey), unsigned });
  notices.info(unsigned ? 'checksum verified; not signed' : 'signature and checksum verified');
  const config = configFile(options.config);
  const { version, backup } = prepare(own, content, config === undefined ? [] : ['--config', config], notices);
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
