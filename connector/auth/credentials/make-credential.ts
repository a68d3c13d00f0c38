import { randomBytes } from 'node:crypto';
import { CredentialError } from '../../secrets/credential-error.ts';
import { checkName } from '../../secrets/credential-name.ts';
import { digestOf } from '../../secrets/secret-equality.ts';
import type { Credential } from './credential.ts';

export interface NewCredential {
  readonly name: string;
  /** The one app it is for; absent: all of them. */
  readonly app?: string | undefined;
  /** Makes a password for this user name instead of a token. */
  readonly basic?: string | undefined;
  readonly expires?: Date | undefined;
}

export interface MadeCredential {
  readonly credential: Credential;
  /** The token or password, which is nowhere else. */
  readonly secret: string;
}

/** @param now  unit: ms since 1970 @throws CredentialError */
export function makeCredential({ name, app, basic, expires }: NewCredential, now: number): MadeCredential {
  checkName('credential', name);
  // RFC 7617 §2: the first colon ends the user name.
  if (basic !== undefined && !/^[^:\p{Cc}]{1,128}$/u.test(basic)) {
    throw new CredentialError('a user name has 1 to 128 characters and no colon');
  }
  const secret = `${basic === undefined ? 'scim_' : ''}${randomBytes(32).toString('base64url')}`;
  const named = {
    name,
    ...(app === undefined ? {} : { app }),
    created: new Date(now).toISOString(),
    ...(expires === undefined ? {} : { expires: expires.toISOString() }),
  };
  const sha256 = digestOf(secret);
  const credential: Credential =
    basic === undefined ? { kind: 'token', ...named, sha256 } : { kind: 'basic', ...named, username: basic, sha256 };
  return { credential, secret };
}

/** @throws CredentialError the name is taken */
export function withAdded(all: readonly Credential[], added: Credential): readonly Credential[] {
  if (all.some(({ name }) => name === added.name)) {
    throw new CredentialError(`a credential named "${added.name}" exists: take another name, or revoke it first`);
  }
  return [...all, added];
}

/** @throws CredentialError there is none of that name */
export function withoutNamed(all: readonly Credential[], name: string): readonly Credential[] {
  const kept = all.filter((credential) => credential.name !== name);
  if (kept.length === all.length) throw new CredentialError(`no credential is named "${name}"`);
  return kept;
}
