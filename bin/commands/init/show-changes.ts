import { styleText } from 'node:util';
import type { SettingChange } from '../../../connector/backend/module/set-up.ts';
import { shownSettings } from '../../../connector/config/describe/show.ts';
import type { Loaded } from '../../../connector/config/load/load.ts';
import { tomlKey, tomlValue } from '../../../connector/config/vocabulary/toml-value.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const isWithin = (path: readonly string[], above: readonly string[]): boolean =>
  above.every((key, index) => path[index] === key);

/** Values of secrets are never known here: only where they are kept. */
function* lines(present: Loaded, { path, value }: SettingChange): Generator<readonly ['-' | '+', string]> {
  const before = shownSettings(present).filter(
    (shown) => isWithin(shown.path, path) && present.originOf(shown.path).from !== 'default',
  );
  for (const shown of before) yield ['-', `${tomlKey(shown.path)} = ${tomlValue(shown.value)}`];
  if (value !== undefined) yield ['+', `${tomlKey(path)} = ${tomlValue(value)}`];
}

const COLOR = { '-': 'red', '+': 'green' } as const;

/** What would be another than it is. */
export function showChanges(present: Loaded, changes: readonly SettingChange[], terminal: Terminal): void {
  const shown = changes.flatMap((change) => [...lines(present, change)]);
  if (shown.length === 0) terminal.info('Nothing in the configuration would change.');
  else {
    terminal.info('Changes in the configuration:');
    for (const [sign, text] of shown)
      terminal.info(styleText(COLOR[sign], `  ${sign} ${text}`, { stream: process.stderr }));
  }
}
