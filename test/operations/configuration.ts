import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Loaded, loadConfig } from '../../connector/config/load/load.ts';

/** The configuration with these lines, written into `folder` and read as every command reads it. */
export function configuration(folder: string, ...lines: readonly string[]): Promise<Loaded> {
  const file = join(folder, 'connector.toml');
  writeFileSync(file, ['config_version = 1', ...lines, ''].join('\n'));
  return loadConfig({ file, env: {}, missingSecrets: 'warn' });
}
