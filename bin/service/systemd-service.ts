import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { isPackaged, places, SERVICE } from '../installation.ts';
import { isRoot, ownConfiguration, ownState, serviceAccount } from '../service-account.ts';
import { runProgram } from './run-program.ts';
import type { ServiceControl, ServiceState } from './service-control.ts';
import { systemdUnit } from './systemd-unit.ts';

const UNIT = `${SERVICE}.service`;
/** Of the .deb and the .rpm. */
const PACKAGED_UNIT = `/usr/lib/systemd/system/${UNIT}`;
const OWN_UNIT = `/etc/systemd/system/${UNIT}`;
const LINK = `/usr/local/bin/${SERVICE}`;

function requireRoot(verb: string): void {
  if (!isRoot()) throw new CommandError(EXIT.secret, `service ${verb} must be run as root: use sudo`);
}

/** Replaces a running executable without disturbing it. */
function installProgram(): string {
  const { program } = places();
  const target = join(program, SERVICE);
  if (process.execPath === target) return target;
  mkdirSync(program, { recursive: true, mode: 0o755 });
  copyFileSync(process.execPath, `${target}.new`);
  chmodSync(`${target}.new`, 0o755);
  renameSync(`${target}.new`, target);
  rmSync(LINK, { force: true });
  symlinkSync(target, LINK);
  return target;
}

function makeAccount(): void {
  if (serviceAccount()) return;
  runProgram(
    'useradd',
    ...['--system', '--user-group', '--no-create-home', '--home-dir', places().stateDir],
    ...['--shell', '/usr/sbin/nologin', SERVICE],
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
    if (!existsSync(PACKAGED_UNIT)) {
      if (!isPackaged())
        throw new CommandError(EXIT.usage, 'only the packaged executable can be installed: see docs/install-linux.md');
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
    if (existsSync(PACKAGED_UNIT))
      throw new CommandError(
        EXIT.usage,
        `a package has installed it: use "apt remove ${SERVICE}" or "dnf remove ${SERVICE}"`,
      );
    if (existsSync(OWN_UNIT)) runProgram('systemctl', 'disable', '--now', UNIT);
    for (const path of [OWN_UNIT, LINK, program]) rmSync(path, { recursive: true, force: true });
    runProgram('systemctl', 'daemon-reload');
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
    runProgram('systemctl', verb, UNIT);
  }
}
