import type { SettingChange } from '../../backend/module/set-up.ts';
import { editToml } from '../../config/load/edit-toml.ts';
import { loadConfig } from '../../config/load/load.ts';
import { SettingSources } from '../../config/load/setting-sources.ts';
import { parseToml } from '../../config/load/toml.ts';
import { tomlKey, tomlValue } from '../../config/vocabulary/toml-value.ts';
import { readNamedFile } from '../../text/read-named-file.ts';
import { OperationError } from '../operation-error.ts';
import type { Chosen } from './choose-settings.ts';

const shown = ({ path, value }: SettingChange): string =>
  value === undefined ? `take away ${tomlKey(path)}` : `${tomlKey(path)} = ${tomlValue(value)}`;

/**
 * A present configuration with some settings changed, checked as a whole; its comments and all other settings stay.
 * @throws OperationError  it is written in a way that only its author can change @throws ConfigError
 */
export async function changeSettings(file: string, changes: readonly SettingChange[]): Promise<Chosen> {
  const text = await editToml(readNamedFile(file).toString('utf8'), changes);
  if (text === undefined)
    throw new OperationError(
      'usage',
      `${file} has inline tables that cannot be changed here, and nothing was written; change by hand:\n${changes.map(shown).join('\n')}`,
    );
  const { config } = await loadConfig({ file, text, env: {}, missingSecrets: 'warn' });
  const toml = await parseToml(Buffer.from(text), file);
  const leaves = [...new SettingSources({ toml, file, cwd: '' }).leaves()];
  return { config, settings: leaves.map(({ path, value }) => ({ path, value })), text };
}
