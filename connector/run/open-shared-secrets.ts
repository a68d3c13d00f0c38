import type { Notices } from '../log/notices.ts';
import type { SharedState, StateConfig } from '../shared-state/shared-state.ts';
import type { SharedAuthority } from '../tls/own/shared-authority.ts';
import type { SharedTokens } from './token-keeping.ts';

/** What connectors of one database have together and nobody else may read. */
export interface SharedSecrets extends SharedTokens {
  readonly authority: SharedAuthority;
}

const UNSEALED =
  'the keys that connectors share lie in the database without a secret around them: set [state.postgres] key, the same in all connectors';

/** @throws unavailable  the database is away, or this connector cannot open what another has sealed */
export async function openSharedSecrets(
  config: StateConfig,
  { database, nodeName }: SharedState,
  log: Pick<Notices, 'warn'>,
): Promise<SharedSecrets> {
  const [{ SealedValues, secretsOf }, { openSharedKeys }, { SharedAssertions }, { sharedAuthority }] =
    await Promise.all([
      import('../shared-state/sealed-values.ts'),
      import('../shared-state/shared-keys.ts'),
      import('../auth/postgres/shared-assertions.ts'),
      import('./shared-authority.ts'),
    ]);
  const secrets = secretsOf(config);
  if (secrets.length === 1) log.warn(UNSEALED);
  const sealed = new SealedValues(database, secrets, nodeName);
  return {
    keys: await openSharedKeys(sealed),
    assertionsOf: (app) => new SharedAssertions(database, app),
    authority: sharedAuthority(sealed),
  };
}
