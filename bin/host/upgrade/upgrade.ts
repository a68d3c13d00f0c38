/** What `upgrade` and `rollback` do: replace this executable, and go back when the new one does not work. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { loadConfig } from '../../../connector/config/load/load.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { CommandError } from '../../cli/failure.ts';
import { release } from '../../cli/version.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { installedConfig, isPackaged, PACKAGED_PROGRAM, SERVICE } from '../installation.ts';
import type { ServiceControl } from '../service/service-control.ts';
import { serviceControl } from '../service/this-service.ts';
import { serviceVariables } from '../service-environment.ts';
import { becomesReady } from './ready.ts';
import { executableIn } from './unpack.ts';
import { verifyRelease } from './verify-release.ts';

/** Set by the packager when it knows: minisign's public key of the releaser. */
declare const RELEASE_KEY: string | undefined;

export interface UpgradeOptions {
  readonly config: string | undefined;
  readonly 'public-key': string | undefined;
  readonly unsigned: boolean;
}

/** How long a restarted service may take to be ready. Unit: ms. */
const PATIENCE = 30_000;

const EXECUTABLE = process.platform === 'win32' ? `${SERVICE}.exe` : SERVICE;

interface Files {
  readonly current: string;
  readonly next: string;
  readonly previous: string;
}

/** @throws CommandError this is not ours to replace */
function files(): Files {
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
function runOwn(program: string, words: readonly string[], what: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
  if (status === 0) return stdout;
  const how = status === null ? 'did not start' : `exit code ${status}`;
  const said = [stdout, stderr, error?.message].filter(Boolean).join('\n').trim();
  throw new CommandError(EXIT.failed, `${what} failed (${how}): nothing was changed${said === '' ? '' : `\n${said}`}`);
}

/** @throws CommandError it does not start, or says something else */
function versionOf(program: string, what: string): string {
  const said = runOwn(program, ['version', '--json'], what);
  try {
    const { version } = JSON.parse(said) as { version?: unknown };
    if (typeof version === 'string') return version;
  } catch {
    // Told below.
  }
  throw new CommandError(EXIT.failed, `${what} does not tell its version: nothing was changed\n${said.trim()}`);
}

/** The service, when it runs now; `undefined` when nothing has to be restarted. */
async function runningService(): Promise<ServiceControl | undefined> {
  try {
    const service = await serviceControl();
    return service.state().running ? service : undefined;
  } catch {
    return undefined;
  }
}

/** Puts `successor` in the place of `current`, which is kept as `kept`. */
function replace(current: string, successor: string, kept: string): void {
  rmSync(kept, { force: true });
  // Windows renames an executable that runs but does not overwrite it. Elsewhere there is no moment without one.
  if (process.platform === 'win32') renameSync(current, kept);
  else linkSync(current, kept);
  renameSync(successor, current);
}

async function restart(service: ServiceControl, current: string, config: string | undefined): Promise<boolean> {
  try {
    // On Windows a service host and SQLite's addon of the same version belong beside the executable.
    if (process.platform === 'win32') runOwn(current, ['service', 'install'], 'the service');
    else service.restart();
  } catch {
    return false;
  }
  const file = config === undefined ? {} : { file: config };
  const loaded = await loadConfig({ ...file, env: serviceVariables(), missingSecrets: 'warn' });
  return becomesReady(loaded.config, PATIENCE);
}

const keyOf = (given: string | undefined): string | undefined => {
  if (given === undefined) return typeof RELEASE_KEY === 'string' ? RELEASE_KEY : undefined;
  return existsSync(given) ? readFileSync(given, 'utf8') : given;
};

export async function upgrade(file: string, options: UpgradeOptions, terminal: Terminal): Promise<void> {
  const own = files();
  const content = verifyRelease(resolve(file), { publicKey: keyOf(options['public-key']), unsigned: options.unsigned });
  terminal.note(options.unsigned ? 'checksum verified; not signed' : 'signature and checksum verified');
  const config = options.config ?? process.env['CONNECTOR_CONFIG'] ?? installedConfig();
  const flag = config === undefined ? [] : ['--config', config];
  writeFileSync(own.next, executableIn(content, EXECUTABLE), { mode: 0o755 });
  chmodSync(own.next, 0o755);
  let version: string;
  let folder: string;
  try {
    version = versionOf(own.next, 'the new executable');
    // The commands give up root by themselves.
    folder = runOwn(own.current, ['upgrade', '--backup-only', '--quiet', ...flag], 'the backup').trim();
    terminal.note(`backup in ${folder}`);
    runOwn(own.next, ['check', ...flag], `the check by version ${version}`);
    terminal.note(`version ${version} finds everything in order`);
  } catch (error) {
    rmSync(own.next, { force: true });
    throw error;
  }
  const service = await runningService();
  replace(own.current, own.next, own.previous);
  if (service && !(await restart(service, own.current, config))) {
    replace(own.current, own.previous, own.next);
    const back = await restart(service, own.current, config);
    const state = back ? `version ${release.version} runs again` : `version ${release.version} is back but not ready`;
    throw new CommandError(EXIT.failed, `version ${version} did not become ready; ${state}`);
  }
  if (terminal.json) terminal.printJson({ from: release.version, to: version, backup: folder, running: !!service });
  else terminal.print(`upgraded from ${release.version} to ${version}${service ? ', and running' : ''}`);
  if (!service) terminal.note('no service runs here: restart whatever runs the connector');
  terminal.note(`back to ${release.version} with: ${SERVICE} rollback`);
}

export async function rollback(options: Pick<UpgradeOptions, 'config'>, terminal: Terminal): Promise<void> {
  const own = files();
  if (!existsSync(own.previous))
    throw new CommandError(
      EXIT.usage,
      `there is no ${basename(own.previous)} to go back to: nothing was upgraded here`,
    );
  const version = versionOf(own.previous, 'the previous executable');
  const config = options.config ?? process.env['CONNECTOR_CONFIG'] ?? installedConfig();
  const service = await runningService();
  // What is there now stays as `next` until the next upgrade.
  replace(own.current, own.previous, own.next);
  if (service && !(await restart(service, own.current, config)))
    throw new CommandError(EXIT.failed, `version ${version} is back but not ready: restore a backup of the data`);
  if (terminal.json) terminal.printJson({ from: release.version, to: version, running: !!service });
  else terminal.print(`back to ${version}${service ? ', and running' : ''}`);
}
