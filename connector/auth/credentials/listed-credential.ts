import { type Credential, type CredentialKind, isExpired } from './credential.ts';
import { isLent } from './lent-name.ts';

export interface ListedCredential {
  readonly name: string;
  readonly kind: CredentialKind;
  readonly username?: string;
  readonly app?: string;
  readonly created: string;
  readonly expires?: string;
  readonly expired: boolean;
  readonly lastUsed?: string;
}

export interface ListOptions {
  /** Also what a running command has made for itself, which Okta never has. Default false. */
  readonly withLent?: boolean;
}

/** Without anything that could be used to log in. @param used  name → ISO 8601, UTC */
export function listed(
  all: readonly Credential[],
  used: ReadonlyMap<string, string>,
  { withLent = false }: ListOptions = {},
  now = Date.now(),
): ListedCredential[] {
  return all
    .filter((one) => !isLent(one) || (withLent && !isExpired(one, now)))
    .map((credential) => {
      const { name, kind, app, created, expires } = credential;
      const at = used.get(name);
      return {
        name,
        kind,
        ...(credential.kind === 'basic' ? { username: credential.username } : {}),
        ...(app === undefined ? {} : { app }),
        created,
        ...(expires === undefined ? {} : { expires }),
        expired: isExpired(credential, now),
        // An earlier credential may have had the name.
        ...(at === undefined || at < created ? {} : { lastUsed: at }),
      };
    });
}
