import type { CredentialDesk } from '../../auth/credentials/credential-desk.ts';
import { fileDesk } from '../../auth/credentials/file-desk.ts';
import { withSharedState } from '../../shared-state/open-shared-state.ts';
import type { StateConfig } from '../../shared-state/shared-state.ts';

/** Works at the desk of the credentials, wherever the configuration says that they are. @throws unavailable */
export const withCredentials = <T>(config: StateConfig, work: (desk: CredentialDesk) => Promise<T>): Promise<T> =>
  withSharedState(config, async (shared) => {
    if (!shared) return work(fileDesk(config.state_dir));
    const { tableDesk } = await import('../../auth/postgres/table-desk.ts');
    return work(tableDesk(shared.database));
  });

/** Those that are there, without anything that could be used to log in. @throws CredentialError, unavailable */
export const listedCredentials = (config: StateConfig) => withCredentials(config, (desk) => desk.list());
