import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { isInstalled, isPackaged, places, SERVICE, SERVICE_HOST } from '../installation.ts';
import { runProgram } from './run-program.ts';
import type { ServiceControl, ServiceState } from './service-control.ts';

/** `sc query` answers with this when there is no such service. ERROR_SERVICE_DOES_NOT_EXIST. */
const NO_SERVICE = '1060';

const KEY = `HKLM\\SYSTEM\\CurrentControlSet\\Services\\${SERVICE}`;

/** The service host ends the connector after 25 s. ms */
const STOP_WAIT = 35_000;
const PAUSE = new Int32Array(new SharedArrayBuffer(4));

const isStopped = (): boolean => /STATE\s*:\s*1\b/.test(runProgram('sc.exe', 'query', SERVICE));

/** Copies this executable and the service host inside it where a service may live. @returns the service host */
function installProgram(): string {
  if (isInstalled()) return join(dirname(process.execPath), SERVICE_HOST);
  const { program } = places();
  mkdirSync(program, { recursive: true });
  copyFileSync(process.execPath, join(program, `${SERVICE}.exe`));
  const host = join(program, SERVICE_HOST);
  writeFileSync(host, readFileSync(join(__dirname, 'native', SERVICE_HOST)));
  return host;
}

/** The service host makes and removes the service itself: account, rights on the folders, recovery, event source. */
export class WindowsService implements ServiceControl {
  install(): readonly string[] {
    if (!isPackaged())
      throw new CommandError(EXIT.usage, 'only the packaged executable can be installed: see docs/install-windows.md');
    const host = installProgram();
    runProgram(host, 'install');
    const { configFile } = places();
    const done = [`program  ${dirname(host)}`, `service  ${SERVICE}`];
    if (!existsSync(configFile)) return [...done, 'not started: there is no configuration; next: scim-connector init'];
    this.start();
    return [...done, 'started'];
  }

  uninstall(): readonly string[] {
    const host = isInstalled() ? join(dirname(process.execPath), SERVICE_HOST) : join(places().program, SERVICE_HOST);
    if (!existsSync(host)) throw new CommandError(EXIT.usage, 'the service is not installed');
    runProgram(host, 'uninstall');
    return ['removed', `kept: ${dirname(places().configFile)} and ${dirname(host)}`];
  }

  start(): void {
    const { configFile } = places();
    if (!existsSync(configFile))
      throw new CommandError(EXIT.usage, `there is no ${configFile}: make it with "scim-connector init"`);
    if (!this.state().running) runProgram('net.exe', 'start', SERVICE);
  }

  stop(): void {
    if (!this.state().installed) return;
    if (this.state().running) runProgram('net.exe', 'stop', SERVICE);
    // `net stop` may come back while requests still finish; a start would then fail, and the database be in use.
    for (const end = Date.now() + STOP_WAIT; !isStopped(); Atomics.wait(PAUSE, 0, 0, 200))
      if (Date.now() > end)
        throw new CommandError(EXIT.unexpected, `${SERVICE} did not stop within ${STOP_WAIT / 1000} s`);
  }

  restart(): void {
    this.stop();
    this.start();
  }

  state(): ServiceState {
    try {
      const query = runProgram('sc.exe', 'query', SERVICE);
      const start = runProgram('reg.exe', 'query', KEY, '/v', 'Start');
      return { installed: true, running: /STATE\s*:\s*4\b/.test(query), enabled: /REG_DWORD\s+0x2\b/.test(start) };
    } catch (error) {
      if (error instanceof CommandError && error.message.includes(NO_SERVICE))
        return { installed: false, running: false, enabled: false };
      throw error;
    }
  }
}
