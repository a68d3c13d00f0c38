import { type CredentialKind, isExpired } from './credential.ts';
import { credentialFile, readCredentials } from './credential-file.ts';
import { readLastUse } from './last-use.ts';

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

/** Without anything that could be used to log in. @throws CredentialError */
export function listCredentials(stateDir: string): ListedCredential[] {
  const used = readLastUse(stateDir);
  return readCredentials(credentialFile(stateDir)).map((credential) => {
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
