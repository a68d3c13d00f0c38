import { randomBytes } from 'node:crypto';
import { CredentialError } from '../../secrets/credential-error.ts';
import { checkName } from '../../secrets/credential-name.ts';
import { digestOf } from '../../secrets/secret-equality.ts';
import type { Credential } from './credential.ts';
import { changeCredentials } from './credential-file.ts';

export interface NewCredential {
  readonly name: string;
  /** The one app it is for; absent: all of them. */
  readonly app?: string | undefined;
  /** Makes a password for this user name instead of a token. */
  readonly basic?: string | undefined;
  readonly expires?: Date | undefined;
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
      : { kind: 'basic', ...named, username: basic, sha256: digestOf(secret) };
  await changeCredentials(stateDir, (credentials) => {
    if (credentials.some((other) => other.name === name)) {
      throw new CredentialError(`a credential named "${name}" exists: take another name, or revoke it first`);
    }
    return [...credentials, credential];
  });
  return secret;
}
