import { appNamePattern } from '../schema/app-schema.ts';
import { environmentName, isFileOnly, isSecret, NAME, type Node, type Setting, settings } from '../schema/settings.ts';
import { suggestion } from './problem.ts';
import { STATE_WORD } from './state-word.ts';

const PREFIX = 'CONNECTOR_';

/** Variables that choose something other than a setting: the file, where the executable unpacks, and which one is tested. */
const OTHERS = ['CONNECTOR_CONFIG', 'CONNECTOR_NATIVE_DIR', 'CONNECTOR_BIN'];

export interface FromEnvironment {
  readonly path: readonly string[];
  readonly name: string;
  readonly value: unknown;
}

/** Text → the type of the setting. What does not fit stays a text, which the schema then refuses with its reason. */
export function coerce({ type }: Node, text: string): unknown {
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (type === 'array') {
    const items = text.split(',').map((item) => item.trim());
    return items.filter((item) => item !== '');
  }
  return text;
}

/** `HR_EAST` → `hr-east`. App names hold no `_`, so no two of them share a variable. */
const appName = (part: string): string => part.toLowerCase().replaceAll('_', '-');

function find(
  all: readonly Setting[],
  words: readonly string[],
): { setting: Setting; path: readonly string[] } | undefined {
  for (const setting of all) {
    if (setting.path.length !== words.length) continue;
    const path = setting.path.map((key, i) => (key === NAME ? appName(words[i] ?? '') : key));
    const matches = setting.path.every((key, i) =>
      key === NAME ? appNamePattern.test(path[i] ?? '') : environmentName([key]) === `${PREFIX}${words[i]}`,
    );
    if (matches) return { setting, path };
  }
  return undefined;
}

const wordsOf = (name: string): readonly string[] => name.slice(PREFIX.length).split('__');

export interface EnvironmentLayer {
  readonly values: readonly FromEnvironment[];
  readonly problems: readonly string[];
}

/** Every `CONNECTOR_` variable as a setting, or as a problem. A secret becomes a reference to its variable. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): EnvironmentLayer {
  const all = settings().filter((setting) => !isFileOnly(setting));
  const values: FromEnvironment[] = [];
  const problems: string[] = [];
  for (const [name, raw] of Object.entries(env)) {
    if (!name.startsWith(PREFIX) || OTHERS.includes(name) || raw === undefined) continue;
    // What a script has read from a file may bring its byte order mark and line end along.
    const text = raw.replace(/^\ufeff/, '').replace(/[\r\n]+$/, '');
    const words = name === `${PREFIX}STATE` ? STATE_WORD.map((word) => word.toUpperCase()) : wordsOf(name);
    const plain = find(all, words);
    const file = name.endsWith('_FILE') ? find(all, name.slice(PREFIX.length, -'_FILE'.length).split('__')) : undefined;
    if (plain) {
      const value = isSecret(plain.setting.node) ? { env: name } : coerce(plain.setting.node, text);
      values.push({ path: plain.path, name, value });
    } else if (file && isSecret(file.setting.node)) {
      if (env[name.slice(0, -'_FILE'.length)] === undefined)
        values.push({ path: file.path, name, value: { file: text } });
      else problems.push(`environment ${name}: ${name.slice(0, -'_FILE'.length)} is set as well; unset one of them`);
    } else {
      problems.push(`environment ${name}: no such setting${suggestion(name, candidates(all, words))}`);
    }
  }
  return { values, problems };
}

const candidates = (all: readonly Setting[], words: readonly string[]): readonly string[] => [
  ...OTHERS,
  ...all.flatMap(({ path, node }) => {
    const name = environmentName(path.map((key) => (key === NAME ? (words[1] ?? 'default').toLowerCase() : key)));
    return isSecret(node) ? [name, `${name}_FILE`] : [name];
  }),
];
