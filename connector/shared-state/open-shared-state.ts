import type { Notices } from '../log/notices.ts';
import type { SharedState, StateConfig } from './shared-state.ts';

/**
 * Opens the database that the configuration names, and makes or brings forward its tables. Undefined: state is in files.
 * @throws unavailable  it cannot be reached, is a newer program's, or its role may not do what is needed
 */
export async function openSharedState(
  config: StateConfig,
  log?: Pick<Notices, 'warn'>,
): Promise<SharedState | undefined> {
  if (config.state.backend === 'files') return undefined;
  // With it comes the client of PostgreSQL.
  const { openDatabase } = await import('./open-database.ts');
  return openDatabase(config, log);
}

/** Opens it for as long as `work` takes. @throws unavailable */
export async function withSharedState<T>(
  config: StateConfig,
  work: (shared: SharedState | undefined) => Promise<T>,
): Promise<T> {
  const shared = await openSharedState(config);
  try {
    return await work(shared);
  } finally {
    await shared?.close();
  }
}
