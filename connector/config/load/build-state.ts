import type { PostgresSettings } from '../../postgres/settings.ts';
import type { App, StateSettings } from '../config.ts';

type StatePostgres = StateSettings['postgres'];

/** How the databases of the apps are reached, each once. */
export function appDatabases(apps: readonly App[]): readonly PostgresSettings[] {
  const found = apps.flatMap((app): readonly PostgresSettings[] => {
    if (app.backend !== 'postgres') return [];
    const { postgres } = app as unknown as { readonly postgres: PostgresSettings };
    return postgres.url === undefined ? [] : [postgres];
  });
  return found.filter(({ url }, i) => found.findIndex((other) => other.url === url) === i);
}

/** @param own  [state.postgres] */
export function buildState(
  backend: StateSettings['backend'] | undefined,
  own: StatePostgres,
  apps: readonly App[],
): StateSettings {
  const chosen = backend ?? (own.url === undefined ? 'files' : 'postgres');
  const [database, ...others] = appDatabases(apps);
  if (chosen === 'files' || own.url !== undefined || database === undefined || others.length > 0)
    return { backend: chosen, postgres: own };
  const { pool_size: _, ...reached } = database;
  return { backend: chosen, postgres: { ...reached, ...own } };
}
