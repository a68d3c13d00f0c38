import { resolve } from 'node:path';
import type { App, Config } from '../../config/config.ts';
import { shownSettings } from '../../config/describe/show.ts';
import { type Written, writtenConfig } from '../../config/describe/written-config.ts';
import { loadConfig } from '../../config/load/load.ts';
import { ConfigError } from '../../config/load/problem.ts';
import { type Flag, SettingSources } from '../../config/load/setting-sources.ts';
import { parseToml, type TomlFile } from '../../config/load/toml.ts';
import { isSecret, nodeAt } from '../../config/schema/settings.ts';
import { readNamedFile } from '../../text/read-named-file.ts';

export interface Chosen {
  /** What the service will see. */
  readonly config: Config;
  /** What differs from the defaults, paths absolute: they mean the same wherever the file lies. */
  readonly settings: readonly Written[];
  /** The file. */
  readonly text: string;
}

/**
 * The settings of the answers file and the flags, checked as a whole. The environment is left out: what holds for this
 * shell need not hold for the service.
 * @throws ConfigError with everything that is wrong
 */
export async function chooseSettings(
  flags: readonly Flag[],
  answers: string | undefined,
  stateDir: string,
): Promise<Chosen> {
  const file = answers === undefined ? {} : { file: resolve(answers) };
  const toml = answers === undefined ? undefined : await parseToml(read(answers), answers);
  const given = toml?.content['state_dir'] !== undefined || flags.some(({ path }) => path[0] === 'state_dir');
  const all = given ? flags : [...flags, { path: ['state_dir'], name: '--state_dir', value: stateDir }];
  const loaded = await loadConfig({ ...file, flags: all, env: {}, missingSecrets: 'warn' });
  // What an app takes from the common [auth] becomes its own: of the common table only apps are shown.
  const isGiven = (path: readonly string[]): boolean =>
    loaded.originOf(path).from !== 'default' || (path[2] === 'auth' && isGiven(path.slice(2)));
  const chosen = shownSettings(loaded).filter(({ path }) => isGiven(path));
  const isPlain = ({ path }: Written): boolean => path[0] !== 'config_version' && !isSecret(nodeAt(path) ?? {});
  const named = flags.filter(({ path }) => isSecret(nodeAt(path) ?? {})).map(({ path, value }) => ({ path, value }));
  const settings = [...chosen.filter(isPlain), ...secretsOf(toml), ...named];
  return { config: loaded.config, settings, text: writtenConfig(settings) };
}

/** Whether the configuration to be written says where the app's own token or password comes from. */
export const setsSecretOf = (settings: readonly Written[], { name }: App): boolean =>
  settings.some(({ path }) => {
    const own = path[0] === 'apps' && path[1] === name ? path.slice(2) : path;
    return own[0] === 'auth' && (own[1] === 'token' || own[1] === 'password');
  });

/** Secrets are named and never given: what the answers say of them is what the file must say. */
function secretsOf(toml: TomlFile | undefined): readonly Written[] {
  if (!toml) return [];
  const leaves = [...new SettingSources({ toml, file: '', cwd: '' }).leaves()];
  return leaves.filter(({ node }) => isSecret(node)).map(({ path, value }) => ({ path, value }));
}

function read(file: string): Uint8Array {
  try {
    return readNamedFile(file);
  } catch (cause) {
    throw new ConfigError([`${file}: cannot be read; --answers takes a file in the form of "config example"`], {
      cause,
    });
  }
}
