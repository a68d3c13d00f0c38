import { CredentialStore } from '../auth/credentials/credential-store.ts';
import type { Config } from '../config/config.ts';
import type { Alarms } from '../log/notices.ts';
import type { SharedState } from '../shared-state/shared-state.ts';

/**
 * The credentials that clients of a running connector log in with.
 * @param isPassing  beside the service: nothing is taken away from the state folder
 * @throws CredentialError the file cannot be read; unavailable
 */
export async function openCredentials(
  { state_dir: stateDir }: Pick<Config, 'state_dir'>,
  log: Alarms,
  shared: SharedState | undefined,
  isPassing: boolean,
): Promise<CredentialStore> {
  if (!shared) return new CredentialStore({ stateDir, log });
  const [{ takeOverCredentials }, { SharedCredentials }, { SharedUse }] = await Promise.all([
    import('../auth/postgres/take-over.ts'),
    import('../auth/postgres/shared-credentials.ts'),
    import('../auth/postgres/shared-use.ts'),
  ]);
  const { database, nodeName } = shared;
  // A service may still have its credentials from there, and only it is to leave them.
  const taken = isPassing ? [] : await takeOverCredentials(database, stateDir, nodeName);
  if (taken.length > 0) log.info(`credentials of ${stateDir} are in the database now: ${taken.join(', ')}`);
  const source = await SharedCredentials.open({ database, log });
  return new CredentialStore({
    ...{ stateDir, log },
    shared: { source, used: new SharedUse(database, log, () => source.now()) },
  });
}
