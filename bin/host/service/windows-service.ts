import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { isInstalled, isPackaged, places, SERVICE, SERVICE_HOST } from '../installation.ts';
import { runProgram } from './run-program.ts';
import type { ServiceControl, ServiceState } from './service-control.ts';

const NONE: ServiceState = { installed: false, running: false, enabled: false };

/** The service host on this machine; there may be none. */
const hostFile = (): string => join(isInstalled() ? dirname(process.execPath) : places().program, SERVICE_HOST);

/** What lies beside the executable; a copy of each is inside it. */
const BESIDE = [SERVICE_HOST, 'better_sqlite3.node'];

/** Nothing of it must be running, unless it stays the same. */
function placeFiles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (!isInstalled()) copyFileSync(process.execPath, join(folder, `${SERVICE}.exe`));
  for (const name of BESIDE) {
    const file = join(folder, name);
    const content = readFileSync(join(__dirname, 'native', name));
    if (!existsSync(file) || !readFileSync(file).equals(content)) writeFileSync(file, content);
  }
}

/** @throws CommandError with what it said */
export function runServiceHost(verb: string): string {
  const host = hostFile();
  if (!existsSync(host))
    throw new CommandError(EXIT.usage, `the service is not installed: run "${SERVICE} service install"`);
  return runProgram(host, verb);
}

/**
 * The service host makes, asks and removes the service itself. Windows' own programs (sc, net) come back too early, and
 * answer in the language of the machine.
 */
export class WindowsService implements ServiceControl {
  install(): readonly string[] {
    if (!isPackaged())
      throw new CommandError(EXIT.usage, 'only the packaged executable can be installed: see docs/install-windows.md');
    const { configFile } = places();
    const folder = dirname(hostFile());
    this.stop();
    placeFiles(folder);
    runServiceHost('install');
    const done = [`program  ${folder}`, `service  ${SERVICE}`];
    const next = `"${join(folder, SERVICE)}" init`;
    if (!existsSync(configFile)) return [...done, `not started: there is no configuration; next: ${next}`];
    this.start();
    return [...done, 'started'];
  }

  uninstall(): readonly string[] {
    runServiceHost('uninstall');
    return ['removed', `kept: ${dirname(places().configFile)} and ${dirname(hostFile())}`];
  }

  start(): void {
    const { configFile } = places();
    if (!existsSync(configFile))
      throw new CommandError(EXIT.usage, `there is no ${configFile}: make it with "scim-connector init"`);
    runServiceHost('start');
  }

  stop(): void {
    if (existsSync(hostFile())) runServiceHost('stop');
  }

  restart(): void {
    this.stop();
    this.start();
  }

  state(): ServiceState {
    return existsSync(hostFile()) ? (JSON.parse(runServiceHost('status')) as ServiceState) : NONE;
  }
}
