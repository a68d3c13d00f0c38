import { hasControl } from '../../text/decode-text.ts';
import { isSecret } from '../schema/settings.ts';
import type { Problem } from './problem.ts';
import type { Leaf, SettingSources } from './setting-sources.ts';
import { backslashHint } from './syntax-hint.ts';

/** TOML's short escapes: what was typed where none was meant. */
const TYPED: Readonly<Record<string, string>> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner);
}

function problem({ path, node, value }: Leaf, text: string, layers: SettingSources): Problem {
  const origin = layers.origin(path);
  const typed = [...text].map((character) => TYPED[character] ?? character).join('');
  const shown = !isSecret(node) && text === value && !hasControl(typed) ? typed : undefined;
  const fix = origin.from === 'file' ? backslashHint(path.at(-1) ?? '', shown) : 'remove it';
  return { origin, path, text: `holds a control character, such as a line end or tab; ${fix}` };
}

/** No setting is meant to hold one: `"CORP\nadia"` and `"C:\new"` are a name and a path with a line end in them. */
export function* controlCharacters(layers: SettingSources): Generator<Problem> {
  for (const leaf of layers.leaves())
    for (const text of textsIn(leaf.value)) if (hasControl(text)) yield problem(leaf, text, layers);
}
