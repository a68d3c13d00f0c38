import type { CredentialKind } from '../../auth/credentials/credential.ts';
import type { ListedCredential } from '../../auth/credentials/listed-credential.ts';
import { methodKind } from '../../auth/methods.ts';
import type { App, Config } from '../../config/config.ts';
import { listedCredentials } from './credential-desk.ts';

/** What the caller of an app shows, as far as we know it. */
export type CallerCredential =
  /** Made this moment. Only here is the secret itself, to be shown once. */
  | { readonly kind: 'new'; readonly secret: string; readonly username?: string }
  /** Set by the configuration. */
  | { readonly kind: 'fixed' }
  /** Of those that were made, the ones that fit. */
  | { readonly kind: 'stored'; readonly names: readonly string[]; readonly username?: string }
  /** Every request is answered 401. */
  | { readonly kind: 'missing' };

/** Whether an app asks for this kind of credential. */
export const accepts = ({ auth }: App, kind: CredentialKind): boolean => methodKind(auth.method).credential === kind;

const fits =
  (app: App) =>
  (credential: ListedCredential): boolean =>
    accepts(app, credential.kind) &&
    !credential.expired &&
    (credential.app === undefined || credential.app === app.name);

/**
 * What a caller of `app` can log in with: the credential of the configuration, or those of the `listed` that fit.
 * Undefined when its method takes none.
 */
export function callerCredential(app: App, listed: readonly ListedCredential[]): CallerCredential | undefined {
  const method = methodKind(app.auth.method);
  if (method.credential === undefined) return undefined;
  if (method.isSet(app.auth)) return { kind: 'fixed' };
  const stored = listed.filter(fits(app));
  const [first] = stored;
  if (!first) return { kind: 'missing' };
  const names = stored.map(({ name }) => name);
  return { kind: 'stored', names, ...(first.username === undefined ? {} : { username: first.username }) };
}

/** Apps that nobody can log in to. @throws CredentialError, unavailable */
export async function lockedApps(config: Config): Promise<readonly App[]> {
  const listed = await listedCredentials(config);
  return config.apps.filter((app) => callerCredential(app, listed)?.kind === 'missing');
}
