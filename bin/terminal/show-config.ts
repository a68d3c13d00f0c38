import stringWidth from 'string-width';
import { type Shown, shownSettings } from '../../connector/config/describe/show.ts';
import type { Loaded } from '../../connector/config/load/load.ts';
import { tomlKey, tomlValue } from '../../connector/config/vocabulary/toml-value.ts';
import { padTo } from './line-width.ts';

function nested(shown: readonly Shown[], read: (setting: Shown) => unknown): object {
  const root: Record<string, unknown> = {};
  for (const setting of shown) {
    let table = root;
    for (const key of setting.path.slice(0, -1)) {
      table[key] ??= {};
      table = table[key] as Record<string, unknown>;
    }
    table[setting.path.at(-1) ?? ''] = read(setting);
  }
  return root;
}

/** Lines of TOML that could stand in a file, or JSON in the file's shape. */
export function showConfig(
  loaded: Loaded,
  { json, origin }: { readonly json: boolean; readonly origin: boolean },
): string {
  const shown = shownSettings(loaded);
  if (json)
    return JSON.stringify(
      nested(shown, (s) => (origin ? { value: s.value, origin: s.origin } : s.value)),
      null,
      2,
    );
  const lines = shown.map(({ path, value }) => `${tomlKey(path)} = ${tomlValue(value)}`);
  if (!origin) return lines.join('\n');
  const width = Math.min(60, Math.max(...lines.map((line) => stringWidth(line))));
  return lines.map((line, i) => `${padTo(line, width)}  # ${shown[i]?.origin ?? ''}`).join('\n');
}
