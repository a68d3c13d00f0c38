import { resolve } from 'node:path';
import { readNamedFile } from '../../text/read-named-file.ts';
import type { Config } from '../config.ts';
import type { Complaint } from '../vocabulary/complaint.ts';
import { build } from './build.ts';
import { check } from './checks.ts';
import { controlCharacters } from './control-characters.ts';
import { readEnvironment } from './environment.ts';
import { ConfigError, formatProblem, type Origin, type Problem } from './problem.ts';
import { type ResolveSecret, resolveSecrets } from './resolve-secrets.ts';
import { ANY_APP, type Flag, SettingSources } from './setting-sources.ts';
import { parseToml, type TomlFile } from './toml.ts';
import { validate } from './validate.ts';

export interface Sources {
  readonly flags?: readonly Flag[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The configuration file; `CONNECTOR_CONFIG` in `env` names it otherwise. Without either there is none. */
  readonly file?: string;
  /** What stands in `file`, or shall. Read from there without it. */
  readonly text?: string;
  /** Where relative paths of flags and environment start. */
  readonly cwd?: string;
  readonly resolveSecret?: ResolveSecret;
  /** Secrets that cannot be found: `refuse` (default), or `warn` for commands that need none. */
  readonly missingSecrets?: 'refuse' | 'warn';
  /** Settings of a backend that is not chosen: `refuse` (default), or `take` for commands that use it all the same. */
  readonly idleBackends?: 'refuse' | 'take';
}

export interface Loaded {
  readonly config: Config;
  /** Where a setting's value comes from. */
  readonly originOf: (path: readonly string[]) => Origin;
  readonly warnings: readonly string[];
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'no permission to read it',
  EISDIR: 'is a folder',
};

async function readToml(file: string): Promise<TomlFile> {
  let bytes: Buffer;
  try {
    bytes = readNamedFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = UNREADABLE[code ?? ''] ?? `cannot be read (${code})`;
    throw new ConfigError([`${file}: ${why}; name the configuration file with --config or CONNECTOR_CONFIG`], {
      cause: error,
    });
  }
  return parseToml(bytes, file);
}

/** Puts the flags meant for "the app" where they belong. */
function* addressed(flags: readonly Flag[], layers: SettingSources): Generator<Flag | Problem> {
  for (const flag of flags) {
    if (flag.path[1] !== ANY_APP) {
      yield flag;
      continue;
    }
    const [name, ...others] = layers.apps();
    if (others.length === 0) yield { ...flag, path: flag.path.map((key) => (key === ANY_APP ? (name ?? key) : key)) };
    else {
      const text = `which of the apps ${[name, ...others].join(', ')}? Use --apps.NAME.${flag.path.slice(2).join('.')}`;
      yield { origin: { from: 'flag', name: flag.name }, path: [], text };
    }
  }
}

function versionMissing(layers: SettingSources): Problem | undefined {
  if (layers.at(['config_version']) !== undefined) return undefined;
  return { origin: layers.origin([]), path: ['config_version'], text: 'missing; put config_version = 1 at the top' };
}

/** Flags and environment first, then the file from top to bottom. */
const byPlace = (a: Problem, b: Problem): number => lineIn(a) - lineIn(b);
const lineIn = ({ origin }: Problem): number => (origin.from === 'file' ? origin.line : 0);

/** The setting the operator has to change: an app's own one if it has it, else the one under [auth]. */
function place({ path }: Complaint, layers: SettingSources): readonly string[] {
  const [top, , table, ...rest] = path;
  if (top !== 'apps' || table !== 'auth') return path;
  const shared = ['auth', ...rest];
  if (layers.at(path) !== undefined) return path;
  return layers.at(shared) !== undefined || layers.at(path.slice(0, 3)) === undefined ? shared : path;
}

/**
 * Reads the configuration: flags over environment over file over defaults.
 * @throws ConfigError with everything that is wrong
 */
export async function loadConfig(sources: Sources = {}): Promise<Loaded> {
  const { flags = [], env = {}, cwd = process.cwd(), missingSecrets = 'refuse' } = sources;
  const named = sources.file ?? (env['CONNECTOR_CONFIG'] || undefined);
  const file = named === undefined ? undefined : resolve(cwd, named);
  const toml =
    file === undefined
      ? undefined
      : await (sources.text === undefined ? readToml(file) : parseToml(Buffer.from(sources.text), file));
  const layers = new SettingSources({ cwd, ...(toml && file !== undefined ? { toml, file } : {}) });
  const problems: Problem[] = [];

  const missing = file === undefined ? undefined : versionMissing(layers);
  if (missing && file !== undefined) problems.push({ ...missing, origin: { from: 'file', file, line: 1 } });
  const environment = readEnvironment(env);
  for (const value of environment.values) layers.addEnvironment(value);
  for (const flag of addressed(flags, layers)) {
    if ('text' in flag) problems.push(flag);
    else layers.addFlag(flag);
  }

  problems.push(...controlCharacters(layers));
  layers.resolvePaths();
  const { input, problems: invalid } = validate(layers);
  problems.push(...invalid);
  const stateDir = resolve(layers.folder, input.state_dir);
  const secrets = await resolveSecrets(layers, { env, stateDir, resolveSecret: sources.resolveSecret });
  if (missingSecrets === 'refuse') problems.push(...secrets.problems);
  const config = build({ ...input, state_dir: stateDir }, secrets.at, file);

  const warnings = missingSecrets === 'warn' ? secrets.problems.map(formatProblem) : [];
  const unsound = new Set(problems.map(({ path }) => path[0]));
  const reported = new Set<string>();
  // Named, and not to be had here and now, or wrong in itself: that is not missing from the configuration.
  const unresolved = new Set([...secrets.problems, ...invalid].map(({ path }) => path.join('.')));
  for (const complaint of check(config)) {
    if (complaint.isIdle && sources.idleBackends === 'take') continue;
    const path = place(complaint, layers);
    if (unresolved.has(path.join('.'))) continue;
    const problem = { origin: layers.nearestOrigin(path), path, text: complaint.text };
    const line = formatProblem(problem);
    // Defaults stand in for what was wrong: nothing can be said about its neighbours.
    if (reported.has(line) || (unsound.has(path[0]) && path[0] !== 'apps')) continue;
    reported.add(line);
    if (complaint.warning) warnings.push(line);
    else problems.push(problem);
  }
  const texts = [...environment.problems, ...problems.toSorted(byPlace).map(formatProblem)];
  if (texts.length > 0) throw new ConfigError([...new Set(texts)]);
  return { config, originOf: (path) => layers.origin(path), warnings };
}
