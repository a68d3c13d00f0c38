import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { release } from '../../cli/version.ts';
import { executables, replace, versionOf } from './executable.ts';
import { configFile, restart, runningService } from './restart.ts';

export interface RolledBack {
  /** Versions. */
  readonly from: string;
  readonly to: string;
  /** Whether a service was restarted with it. */
  readonly running: boolean;
}

/** Back to the executable before the last upgrade. @throws CommandError there is none, or it does not become ready */
export async function rollBack(config: string | undefined): Promise<RolledBack> {
  const { current, previous, next } = executables();
  if (!existsSync(previous))
    throw new CommandError(EXIT.usage, `there is no ${basename(previous)} to go back to: nothing was upgraded here`);
  const version = versionOf(previous, 'the previous executable');
  const service = await runningService();
  // What is there now stays as `next` until the next upgrade.
  replace(current, previous, next);
  if (service && !(await restart(service, current, configFile(config))))
    throw new CommandError(EXIT.failed, `version ${version} is back but not ready: restore a backup of the data`);
  return { from: release.version, to: version, running: service !== undefined };
}
