import { randomBytes } from 'node:crypto';
import { isAbandoned, lentName } from '../../auth/credentials/lent-name.ts';
import { methodKind } from '../../auth/methods.ts';
import { openSharedSecrets } from '../../run/open-shared-secrets.ts';
import { sharedKey } from '../../run/shared-key.ts';
import { withSharedState } from '../../shared-state/open-shared-state.ts';
import { withCredentials } from '../credential/credential-desk.ts';
import type { OwnServer } from './patient.ts';

const SILENT = { info: () => undefined, warn: () => undefined };

/** One made for this run ends by itself when we cannot take it back. Unit: ms. */
const LIFE = 15 * 60_000;
/** User name of a password made for this run. */
const USER = 'okta';

export interface LentCredential {
  /** As Okta would send it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Made this moment: a running service may need half a second to know it. */
  readonly isNew: boolean;
  /** Takes it back. */
  readonly giveBack: () => Promise<void>;
}

/** The secret that the configuration holds, if it holds one. */
function ownSecret({ app: { auth } }: OwnServer): string | undefined {
  if (!methodKind(auth.method).isSet(auth)) return undefined;
  return (methodKind(auth.method).credential === 'basic' ? auth.password : auth.token)?.reveal();
}

/** Takes one back, and those of runs that were killed. */
const takeBack = (config: OwnServer['config'], name: string): Promise<void> =>
  withCredentials(config, (desk) => desk.remove((one) => one.name === name || isAbandoned(one)));

/**
 * What the app lets in: the secret of the configuration, or one made for this run, since of others only their hash is
 * kept. @throws CredentialError
 */
export async function lendCredential(own: OwnServer): Promise<LentCredential> {
  const { app, config } = own;
  const { credential: kind, login, ownToken } = methodKind(app.auth.method);
  if (ownToken) {
    const token = await withSharedState(config, async (shared) => {
      const keys = shared && (await openSharedSecrets(config, shared, SILENT)).keys;
      return ownToken(app.auth, app.name, () => sharedKey(config, 'access tokens', 'access tokens', SILENT, keys));
    });
    return { headers: login(app.auth, '', token), isNew: false, giveBack: async () => undefined };
  }
  const user = app.auth.username ?? USER;
  const secret = ownSecret(own);
  if (kind === undefined || secret !== undefined)
    return { headers: login(app.auth, user, secret ?? ''), isNew: false, giveBack: async () => undefined };
  const name = lentName(randomBytes(4).toString('hex'));
  const basic = kind === 'basic' ? user : undefined;
  const expires = new Date(Date.now() + LIFE);
  const made = await withCredentials(config, (desk) => desk.add({ name, app: app.name, basic, expires }));
  return { headers: login(app.auth, user, made), isNew: true, giveBack: () => takeBack(config, name) };
}
