import { shownSettings } from '../../config/describe/show.ts';
import type { Loaded } from '../../config/load/load.ts';
import { isSecret, type Node, nodeAt } from '../../config/schema/settings.ts';
import { tomlKey, tomlValue } from '../../config/vocabulary/toml-value.ts';
import { redactJson } from '../../redaction/redact-json.ts';
import type { Scrubber } from '../../redaction/scrubber.ts';
import type { Part } from './part.ts';

const WRITTEN: ReadonlySet<Node['x-kind']> = new Set(['duration', 'size']);

/** Values that the schema itself knows are nobody's. */
function isKnown({ default: standard, enum: choices, const: only, 'x-kind': kind }: Node, value: unknown): boolean {
  if (typeof value === 'boolean' || typeof value === 'number' || WRITTEN.has(kind)) return true;
  const text = JSON.stringify(value);
  return (
    (choices ?? []).some((choice) => choice === value) || [standard, only].some((one) => JSON.stringify(one) === text)
  );
}

function redacted(scrubber: Scrubber, path: readonly string[], value: unknown): unknown {
  const node = nodeAt(path) ?? {};
  if (isSecret(node)) return '[secret]';
  return isKnown(node, value) ? value : redactJson(scrubber, value, path.at(-1) ?? '');
}

/** The operator's own names: of an app, of an attribute. */
const shownPath = (scrubber: Scrubber, path: readonly string[]): readonly string[] =>
  path.map((key, index) => {
    if (path[0] === 'apps' && index === 1) return key === 'default' ? key : scrubber.value('app', key);
    return scrubber.name(key);
  });

/** Every setting in force, with its source, as `config show --origin` tells them. */
export function configurationPart(scrubber: Scrubber, loaded: Loaded): Part {
  const lines = shownSettings(loaded).map(({ path, value, origin }) => {
    const setting = tomlKey(shownPath(scrubber, path));
    return `${setting} = ${tomlValue(redacted(scrubber, path, value))}  # ${scrubber.text(origin)}`;
  });
  return {
    name: 'configuration.toml',
    about: 'every setting in force and where it comes from (`config show --origin`)',
    text: `${lines.join('\n')}\n`,
  };
}
