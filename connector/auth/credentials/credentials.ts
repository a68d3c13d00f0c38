/** Making, listing and revoking credentials: what `token add|list|revoke` do. */
import { randomBytes } from 'node:crypto';
import { CredentialError } from '../../secrets/credential-error.ts';
import { checkName } from '../../secrets/credential-name.ts';
import { hashPassword } from '../../secrets/password-hash.ts';
import { digestOf } from '../../secrets/secret-equality.ts';
import { exclusively } from '../../state/exclusive.ts';
import { type Credential, credentialFile, readCredentials, writeCredentials } from './credential-file.ts';
import { readLastUse } from './last-use.ts';

export interface NewCredential {
  readonly name: string;
  /** The one app it is for; absent: all of them. */
  readonly app?: string | undefined;
  /** Makes a password for this user name instead of a token. */
  readonly basic?: string | undefined;
  readonly expires?: Date | undefined;
}

export interface ListedCredential {
  readonly name: string;
  readonly kind: Credential['kind'];
  readonly username?: string;
  readonly app?: string;
  readonly created: string;
  readonly expires?: string;
  readonly expired: boolean;
  readonly lastUsed?: string;
}

/** The token or password, which is nowhere else: shown once. @throws CredentialError */
export async function addCredential(stateDir: string, wanted: NewCredential): Promise<string> {
  const { name, app, basic, expires } = wanted;
  checkName('credential', name);
  // RFC 7617 §2: the first colon ends the user name.
  if (basic !== undefined && !/^[^:\p{Cc}]{1,128}$/u.test(basic)) {
    throw new CredentialError('a user name has 1 to 128 characters and no colon');
  }
  const secret = `${basic === undefined ? 'scim_' : ''}${randomBytes(32).toString('base64url')}`;
  const named = {
    name,
    ...(app === undefined ? {} : { app }),
    created: new Date().toISOString(),
    ...(expires === undefined ? {} : { expires: expires.toISOString() }),
  };
  const credential: Credential =
    basic === undefined
      ? { kind: 'token', ...named, sha256: digestOf(secret) }
      : { kind: 'basic', ...named, username: basic, hash: await hashPassword(secret) };
  await change(stateDir, (credentials) => {
    if (credentials.some((other) => other.name === name)) {
      throw new CredentialError(`a credential named "${name}" exists: take another name, or revoke it first`);
    }
    return [...credentials, credential];
  });
  return secret;
}

/** @throws CredentialError there is none of that name */
export const revokeCredential = (stateDir: string, name: string): Promise<void> =>
  change(stateDir, (credentials) => {
    const kept = credentials.filter((credential) => credential.name !== name);
    if (kept.length === credentials.length) throw new CredentialError(`no credential is named "${name}"`);
    return kept;
  });

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

export const isExpired = ({ expires }: Credential, now: number): boolean =>
  expires !== undefined && Date.parse(expires) <= now;

async function change(stateDir: string, next: (all: readonly Credential[]) => readonly Credential[]): Promise<void> {
  const file = credentialFile(stateDir);
  await exclusively(file, () => writeCredentials(file, next(readCredentials(file))));
}
