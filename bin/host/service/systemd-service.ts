import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { isPackaged, PACKAGED_PROGRAM, places, SERVICE } from '../installation.ts';
import { isRoot, ownConfiguration, ownState, serviceAccount } from '../service-account.ts';
import { runProgram } from './run-program.ts';
import type { ServiceControl, ServiceState } from './service-control.ts';
import { systemdUnit } from './systemd-unit.ts';

const UNIT = `${SERVICE}.service`;
/** Of the .deb and the .rpm. */
const PACKAGED_UNIT = `/usr/lib/systemd/system/${UNIT}`;
const OWN_UNIT = `/etc/systemd/system/${UNIT}`;
const LINK = `/usr/local/bin/${SERVICE}`;
const REMOVE = `"apt remove ${SERVICE}" or "dnf remove ${SERVICE}"`;

function requireRoot(verb: string): void {
  if (!isRoot()) throw new CommandError(EXIT.secret, `service ${verb} must be run as root: use sudo`);
}

/** Replaces a running executable without disturbing it. */
function installProgram(): string {
  const { program } = places();
  const target = join(program, SERVICE);
  if (process.execPath === target) return target;
  mkdirSync(program, { recursive: true });
  copyFileSync(process.execPath, `${target}.new`);
  chmodSync(`${target}.new`, 0o755);
  renameSync(`${target}.new`, target);
  rmSync(LINK, { force: true });
  symlinkSync(target, LINK);
  return target;
}

const isKnown = (database: 'group' | 'passwd'): boolean => spawnSync('getent', [database, SERVICE]).status === 0;

/** Each may be there already, made by hand or known from a directory. */
function makeAccount(): void {
  if (!isKnown('group')) runProgram('groupadd', '--system', SERVICE);
  if (isKnown('passwd')) return;
  runProgram(
    'useradd',
    ...['--system', '--gid', SERVICE, '--no-create-home', '--home-dir', places().stateDir],
    ...['--comment', 'SCIM connector', '--shell', '/usr/sbin/nologin', SERVICE],
  );
}

function makeFolders(): void {
  const { configFile, stateDir } = places();
  const account = serviceAccount();
  if (!account) throw new CommandError(EXIT.secret, `there is no account ${SERVICE}: useradd made none`);
  mkdirSync(dirname(configFile), { recursive: true, mode: 0o750 });
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  if (existsSync(configFile)) ownConfiguration(dirname(configFile), configFile, account);
  ownState(stateDir, account);
}

export class SystemdService implements ServiceControl {
  install(): readonly string[] {
    requireRoot('install');
    const { configFile, stateDir } = places();
    const done: string[] = [];
    if (dirname(process.execPath) !== PACKAGED_PROGRAM) {
      if (!isPackaged())
        throw new CommandError(EXIT.usage, 'only the packaged executable can be installed: see docs/install-linux.md');
      if (existsSync(PACKAGED_UNIT))
        throw new CommandError(EXIT.usage, `a package has installed the service already; remove it first: ${REMOVE}`);
      if (lstatSync(OWN_UNIT, { throwIfNoEntry: false })?.isSymbolicLink())
        throw new CommandError(EXIT.usage, `the service is masked; allow it with: systemctl unmask ${UNIT}`);
      // Under a strict umask the service could not get at its own program.
      process.umask(0o022);
      const program = installProgram();
      makeAccount();
      makeFolders();
      writeFileSync(OWN_UNIT, systemdUnit({ program, configFile }), { mode: 0o644 });
      done.push(`program  ${program}`, `account  ${SERVICE}`, `state    ${stateDir}`, `unit     ${OWN_UNIT}`);
    }
    runProgram('systemctl', 'daemon-reload');
    runProgram('systemctl', 'enable', UNIT);
    if (!existsSync(configFile)) return [...done, 'not started: there is no configuration; next: scim-connector init'];
    this.restart();
    return [...done, 'started'];
  }

  uninstall(): readonly string[] {
    requireRoot('uninstall');
    const { configFile, stateDir, program } = places();
    if (dirname(process.execPath) === PACKAGED_PROGRAM)
      throw new CommandError(EXIT.usage, `a package has installed it: use ${REMOVE}`);
    if (existsSync(OWN_UNIT)) runProgram('systemctl', 'disable', '--now', UNIT);
    for (const path of [OWN_UNIT, LINK, program]) rmSync(path, { recursive: true, force: true });
    runProgram('systemctl', 'daemon-reload');
    // systemd remembers a unit that failed; it says no when it remembers none.
    spawnSync('systemctl', ['reset-failed', UNIT]);
    return ['removed', `kept: ${dirname(configFile)}, ${stateDir}, account ${SERVICE}`];
  }

  start(): void {
    const { configFile } = places();
    if (!existsSync(configFile))
      throw new CommandError(EXIT.usage, `there is no ${configFile}: make it with "scim-connector init"`);
    this.#control('start');
  }

  stop(): void {
    this.#control('stop');
  }

  restart(): void {
    this.#control('restart');
  }

  state(): ServiceState {
    const names = ['LoadState', 'ActiveState', 'UnitFileState', 'MainPID'];
    const lines = runProgram('systemctl', 'show', UNIT, `--property=${names.join(',')}`)
      .trim()
      .split('\n');
    const shown = new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    const pid = Number(shown.get('MainPID'));
    return {
      installed: shown.get('LoadState') === 'loaded',
      running: shown.get('ActiveState') === 'active',
      enabled: shown.get('UnitFileState') === 'enabled',
      ...(pid > 0 ? { pid } : {}),
    };
  }

  #control(verb: 'start' | 'stop' | 'restart'): void {
    requireRoot(verb);
    try {
      runProgram('systemctl', verb, UNIT);
    } catch (error) {
      const said = this.#lastWords();
      if (verb === 'stop' || said === '') throw error;
      throw new CommandError(EXIT.unexpected, `${SERVICE} does not start:\n${said}`, { cause: error });
    }
  }

  /** What the last start has written: why it failed, when it did. */
  #lastWords(): string {
    const invocation = runProgram('systemctl', 'show', UNIT, '--property=InvocationID', '--value').trim();
    const match = `_SYSTEMD_INVOCATION_ID=${invocation}`;
    return invocation === '' ? '' : runProgram('journalctl', '--quiet', '--output=cat', '--lines=10', match).trim();
  }
}
