import { loadConfig } from '../../../connector/config/load/load.ts';
import { installedConfig } from '../installation.ts';
import type { ServiceControl } from '../service/service-control.ts';
import { serviceControl } from '../service/this-service.ts';
import { serviceVariables } from '../service-environment.ts';
import { runExecutable } from './executable.ts';
import { becomesReady } from './ready.ts';

/** How long a restarted service may take to be ready. Unit: ms. */
const PATIENCE = 30_000;

/** The configuration that the service has. @param named  by a flag */
export const configFile = (named: string | undefined): string | undefined =>
  named ?? process.env['CONNECTOR_CONFIG'] ?? installedConfig();

/** The service, when it runs now; `undefined` when nothing has to be restarted. */
export async function runningService(): Promise<ServiceControl | undefined> {
  try {
    const service = await serviceControl();
    return service.state().running ? service : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the service is ready again, with the executable that is in place now. */
export async function restart(service: ServiceControl, current: string, config: string | undefined): Promise<boolean> {
  try {
    // On Windows a service host and SQLite's addon of the same version belong beside the executable.
    if (process.platform === 'win32') runExecutable(current, ['service', 'install'], 'the service');
    else service.restart();
  } catch {
    return false;
  }
  const file = config === undefined ? {} : { file: config };
  const loaded = await loadConfig({ ...file, env: serviceVariables(), missingSecrets: 'warn' });
  return becomesReady(loaded.config, PATIENCE);
}
