import { resolve } from 'node:path';
import type { Light } from '../../connector/operations/status/light.ts';
import { isInstalled, places, SERVICE } from './installation.ts';

/** What starts the service that this configuration is for. @param file  of the configuration, where there is one */
export function serviceStart(file: string | undefined): Pick<Light, 'fix'> {
  const ours = file !== undefined && resolve(file) === places().configFile;
  if (!ours || !isInstalled()) return { fix: { ours: 'serve' } };
  if (process.platform === 'win32') return { fix: { ours: 'service start' } };
  return { fix: { system: `sudo systemctl start ${SERVICE}; journalctl -u ${SERVICE} -n 20` } };
}
