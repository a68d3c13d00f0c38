interface Named {
  /** Unique; shown in logs as the actor. */
  readonly name: string;
  /** The one app it is for; absent: all of them. */
  readonly app?: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** ISO 8601, UTC. */
  readonly expires?: string;
}

export interface TokenCredential extends Named {
  readonly kind: 'token';
  /** SHA-256 of the token, base64url. */
  readonly sha256: string;
}

export interface BasicCredential extends Named {
  readonly kind: 'basic';
  readonly username: string;
  /** SHA-256 of the password, base64url. */
  readonly sha256: string;
}

/** As earlier versions made them. */
export interface HashedCredential extends Named {
  readonly kind: 'basic';
  readonly username: string;
  /** PHC string. */
  readonly hash: string;
}

export type Credential = TokenCredential | BasicCredential | HashedCredential;
export type CredentialKind = Credential['kind'];

export const isExpired = ({ expires }: Credential, now: number): boolean =>
  expires !== undefined && Date.parse(expires) <= now;

export const isFor = (credential: Credential, app: string): boolean =>
  credential.app === undefined || credential.app === app;
