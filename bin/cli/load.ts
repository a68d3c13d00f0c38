import { resolve } from 'node:path';
import { type Loaded, loadConfig, type Sources } from '../../connector/config/load/load.ts';
import { SecretStore } from '../../connector/secrets/secret-store.ts';
import { places } from '../host/installation.ts';
import { type MeantConfig, meantHere } from '../host/meant-config.ts';
import { actAsOwner, isRoot } from '../host/service-account.ts';
import { serviceKey, serviceVariables } from '../host/service-environment.ts';
import { Terminal } from '../terminal/terminal.ts';
import type { GlobalArguments } from './arguments.ts';
import { flagsOf } from './setting-flags.ts';

export interface LoadedHere extends Loaded {
  readonly secrets: SecretStore;
}

/**
 * The configuration a command works with: the one named, or the one meant.
 * @param missingSecrets  `warn` for commands that use no secret: they also run where the service's environment is not set
 * @throws ConfigError with everything that is wrong
 * @throws CommandError the installed connector's configuration is gone or may not be read
 */
async function read(
  given: GlobalArguments,
  missingSecrets: Sources['missingSecrets'] = 'warn',
  idleBackends: Sources['idleBackends'] = 'refuse',
): Promise<LoadedHere & Pick<MeantConfig, 'notice'>> {
  const named = given.config ?? (process.env['CONNECTOR_CONFIG'] || undefined);
  const { file, notice } = named === undefined ? meantHere(given['state_dir'] !== undefined) : { file: named };
  const forService = isRoot() && file !== undefined && resolve(file) === places().configFile;
  const key = forService ? serviceKey() : undefined;
  const secretsIn = (stateDir: string): SecretStore => new SecretStore(stateDir, process.env, key);
  const loaded = await loadConfig({
    flags: [...flagsOf(given)],
    env: forService ? { ...serviceVariables(), ...process.env } : process.env,
    ...(file === undefined ? {} : { file }),
    resolveSecret: (name, stateDir) => secretsIn(stateDir).get(name),
    missingSecrets,
    idleBackends,
  });
  return { ...loaded, secrets: secretsIn(loaded.config.state_dir), ...(notice ? { notice } : {}) };
}

/** Root becomes the owner of its state folder. */
export async function loadSilently(
  given: GlobalArguments,
  missingSecrets?: Sources['missingSecrets'],
  idleBackends?: Sources['idleBackends'],
): Promise<LoadedHere & Pick<MeantConfig, 'notice'>> {
  const loaded = await read(given, missingSecrets, idleBackends);
  actAsOwner(loaded.config.state_dir);
  return loaded;
}

function tell({ notice, ...loaded }: LoadedHere & Pick<MeantConfig, 'notice'>, given: GlobalArguments): LoadedHere {
  const terminal = new Terminal(given);
  if (notice?.warning) terminal.warn(notice.text);
  else if (notice) terminal.info(notice.text);
  return loaded;
}

/** The same, saying which one it is when nobody has named it. */
export const load = async (
  given: GlobalArguments,
  missingSecrets?: Sources['missingSecrets'],
  idleBackends?: Sources['idleBackends'],
): Promise<LoadedHere> => tell(await loadSilently(given, missingSecrets, idleBackends), given);

/** For what only root may change: it stays root, and does as the owner what concerns the state folder (`asOwner`). */
export const loadAsRoot = async (given: GlobalArguments): Promise<LoadedHere> => tell(await read(given), given);

/** The same, with its warnings told. */
export async function loadAloud(
  given: GlobalArguments,
  terminal: Terminal,
  missingSecrets?: Sources['missingSecrets'],
): Promise<LoadedHere> {
  const loaded = await load(given, missingSecrets);
  for (const warning of loaded.warnings) terminal.warn(warning);
  return loaded;
}
