import type { Notices } from '../../log/notices.ts';
import { openSharedSecrets } from '../../run/open-shared-secrets.ts';
import { withSharedState } from '../../shared-state/open-shared-state.ts';
import type { StateConfig } from '../../shared-state/shared-state.ts';
import type { SharedAuthority } from '../../tls/own/shared-authority.ts';

/** Works with the CA that connectors share, where they do. @throws unavailable */
export const withSharedAuthority = <T>(
  config: StateConfig,
  notices: Notices,
  work: (shared: SharedAuthority | undefined) => Promise<T>,
): Promise<T> =>
  withSharedState(config, async (shared) =>
    work(shared && (await openSharedSecrets(config, shared, notices)).authority),
  );
