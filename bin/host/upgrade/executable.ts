/** This program's own file, and the ones before and after it. */
import { spawnSync } from 'node:child_process';
import { linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../../../connector/state/sync-folder.ts';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { isPackaged, PACKAGED_PROGRAM } from '../installation.ts';

export interface Executables {
  readonly current: string;
  readonly next: string;
  readonly previous: string;
}

/** @throws CommandError this is not ours to replace */
export function executables(): Executables {
  const current = process.execPath;
  if (!isPackaged()) throw new CommandError(EXIT.usage, 'only the packaged executable can be upgraded');
  if (dirname(current) === PACKAGED_PROGRAM)
    throw new CommandError(
      EXIT.usage,
      'a package has installed it: upgrade it with "apt install ./FILE.deb" or "dnf install FILE.rpm"',
    );
  return { current, next: `${current}.next`, previous: `${current}.previous` };
}

/** Runs a command of an executable. @returns its output @throws CommandError with what it said */
export function runExecutable(program: string, words: readonly string[], what: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
  if (status === 0) return stdout;
  const how = status === null ? 'did not start' : `exit code ${status}`;
  const said = [stdout, stderr, error?.message].filter(Boolean).join('\n').trim();
  throw new CommandError(EXIT.failed, `${what} failed (${how}): nothing was changed${said === '' ? '' : `\n${said}`}`);
}

/** @throws CommandError it does not start, or says something else */
export function versionOf(program: string, what: string): string {
  const said = runExecutable(program, ['version', '--json'], what);
  try {
    const { version } = JSON.parse(said) as { version?: unknown };
    if (typeof version === 'string') return version;
  } catch {
    // Told below.
  }
  throw new CommandError(EXIT.failed, `${what} does not tell its version: nothing was changed\n${said.trim()}`);
}

/** Puts `successor` in the place of `current`, which is kept as `kept`. */
export function replace(current: string, successor: string, kept: string): void {
  rmSync(kept, { force: true });
  // Windows renames an executable that runs but does not overwrite it. Elsewhere there is no moment without one.
  if (process.platform === 'win32') renameSync(current, kept);
  else linkSync(current, kept);
  renameSync(successor, current);
  syncFolder(dirname(current));
}
