import { type CredentialKind, isExpired } from './credential.ts';
import { credentialFile, readCredentials } from './credential-file.ts';
import { readLastUse } from './last-use.ts';
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

/** Without anything that could be used to log in. @throws CredentialError */
export function listCredentials(stateDir: string, { withLent = false }: ListOptions = {}): ListedCredential[] {
  const used = readLastUse(stateDir);
  const all = readCredentials(credentialFile(stateDir));
  return all
    .filter((one) => !isLent(one) || (withLent && !isExpired(one, Date.now())))
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
        expired: isExpired(credential, Date.now()),
        // An earlier credential may have had the name.
        ...(at === undefined || at < created ? {} : { lastUsed: at }),
      };
    });
}
