import { resolve } from 'node:path';
import { type Loaded, loadConfig } from '../../../connector/config/load/load.ts';
import { ConfigError } from '../../../connector/config/load/problem.ts';
import type { Flag } from '../../../connector/config/load/setting-sources.ts';
import { SecretStore } from '../../../connector/secrets/secret-store.ts';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { places } from '../../host/installation.ts';
import { isRoot } from '../../host/service-account.ts';
import { serviceKey, serviceVariables } from '../../host/service-environment.ts';

const isForService = (file: string): boolean => isRoot() && resolve(file) === places().configFile;

/** The key of stored secrets, where the service keeps it apart. */
export const keyFor = (file: string): string | undefined => (isForService(file) ? serviceKey() : undefined);

/** For secrets alone: what else this shell's environment says need not hold for the service. */
function variables(file: string): Readonly<Record<string, string | undefined>> {
  const all = isForService(file) ? { ...serviceVariables(), ...process.env } : process.env;
  return Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith('CONNECTOR_')));
}

/** The configuration to be changed. Nothing is given up for it: root stays root. @throws CommandError it cannot be read */
export async function presentConfig(file: string): Promise<Loaded> {
  try {
    const key = keyFor(file);
    return await loadConfig({
      file,
      env: variables(file),
      resolveSecret: (name, stateDir) => new SecretStore(stateDir, process.env, key).get(name),
      missingSecrets: 'warn',
    });
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    const text = `${cause.message}\ncorrect it first, or begin anew with --force, which keeps it as ${file}.old`;
    throw new CommandError(EXIT.usage, text, { cause });
  }
}

/** What holds where nothing is configured yet. */
export const defaultConfig = (stateDir: string, flags: readonly Flag[]): Promise<Loaded> =>
  loadConfig({ flags: [...flags, { path: ['state_dir'], name: '--state_dir', value: stateDir }], env: {} });
