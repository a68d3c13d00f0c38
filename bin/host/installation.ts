import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serviceDataFolder } from '../../connector/state/windows-rights.ts';

/** Where an installed connector keeps its things. */
export interface Places {
  readonly configFile: string;
  readonly stateDir: string;
  /** Folder of the executable. */
  readonly program: string;
}

/** Name of the service, of its account on Linux, and of its folders. */
export const SERVICE = 'scim-connector';
/** Makes a Windows service of the executable; packages put it beside. */
export const SERVICE_HOST = 'scim-connector-service.exe';

export function places(platform = process.platform, env = process.env): Places {
  if (platform !== 'win32')
    return {
      configFile: '/etc/scim-connector/connector.toml',
      stateDir: '/var/lib/scim-connector',
      program: '/usr/local/libexec/scim-connector',
    };
  const root = serviceDataFolder(env);
  return {
    configFile: `${root}\\connector.toml`,
    stateDir: `${root}\\state`,
    program: `${env['ProgramFiles'] ?? 'C:\\Program Files'}\\SCIM Connector`,
  };
}

/** Where the .deb and the .rpm put the executable. SELinux lets services run what lies in a libexec folder, not in lib. */
export const PACKAGED_PROGRAM = '/usr/libexec/scim-connector';

/** One executable, or Node with the sources beside it. */
export const isPackaged = (): boolean => 'pkg' in process;

/** Whether this is the executable that a package or `service install` has put on the machine. */
export function isInstalled(): boolean {
  if (!isPackaged()) return false;
  const folder = dirname(process.execPath);
  return process.platform === 'win32'
    ? existsSync(join(folder, SERVICE_HOST))
    : [PACKAGED_PROGRAM, places().program].includes(folder);
}

/** The installed connector's configuration: what a command means that names none. */
export function installedConfig(): string | undefined {
  const { configFile } = places();
  return isInstalled() && existsSync(configFile) ? configFile : undefined;
}
