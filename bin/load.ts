import { type Loaded, loadConfig, type Sources } from '../connector/config/load.ts';
import { SecretStore } from '../connector/credential/secret-store.ts';
import type { GlobalArguments } from './arguments.ts';
import { installedConfig } from './installation.ts';
import { actAsOwner } from './service-account.ts';
import { flagsOf } from './setting-flags.ts';
import type { Terminal } from './terminal.ts';

const lookUp = (name: string, stateDir: string): string | undefined => new SecretStore(stateDir).get(name);

/**
 * The configuration a command works with: the one named, or the installed connector's own. Root becomes the owner of
 * its state folder.
 * @param missingSecrets  `warn` for commands that use no secret: they also run where the service's environment is not set
 * @throws ConfigError with everything that is wrong
 */
export async function load(
  given: GlobalArguments,
  missingSecrets: Sources['missingSecrets'] = 'warn',
): Promise<Loaded> {
  const file = given.config ?? (process.env['CONNECTOR_CONFIG'] ? undefined : installedConfig());
  const loaded = await loadConfig({
    flags: [...flagsOf(given)],
    env: process.env,
    ...(file === undefined ? {} : { file }),
    resolveSecret: lookUp,
    ...(missingSecrets ? { missingSecrets } : {}),
  });
  actAsOwner(loaded.config.state_dir);
  return loaded;
}

/** The same, with its warnings told. */
export async function loadAloud(
  given: GlobalArguments,
  terminal: Terminal,
  missingSecrets?: Sources['missingSecrets'],
): Promise<Loaded> {
  const loaded = await load(given, missingSecrets);
  for (const warning of loaded.warnings) terminal.warn(warning);
  return loaded;
}
