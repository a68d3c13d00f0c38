import { existsSync } from 'node:fs';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import type { ServiceControl } from './service-control.ts';

/** The one of this machine. @throws CommandError it has none that we know */
export async function serviceControl(): Promise<ServiceControl> {
  if (process.platform === 'win32') return new (await import('./windows-service.ts')).WindowsService();
  // sd_booted(3)
  if (existsSync('/run/systemd/system')) return new (await import('./systemd-service.ts')).SystemdService();
  throw new CommandError(
    EXIT.usage,
    'this machine does not run systemd, and there are no scripts for OpenRC or SysV init: let your own supervisor ' +
      'start "scim-connector serve --config FILE" under an account of its own; it stops at SIGTERM and reads its ' +
      'configuration again at SIGHUP',
  );
}
