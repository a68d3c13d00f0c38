import type { Credential } from './credential.ts';
import type { ListedCredential, ListOptions } from './listed-credential.ts';
import type { NewCredential } from './make-credential.ts';

/** Where operators make, list and revoke what clients log in with. */
export interface CredentialDesk {
  /** Without anything that could be used to log in. @throws CredentialError, unavailable */
  list(options?: ListOptions): Promise<readonly ListedCredential[]>;
  /** The token or password, which is nowhere else: shown once. @throws CredentialError, unavailable */
  add(wanted: NewCredential): Promise<string>;
  /** @throws CredentialError there is none of that name; unavailable */
  revoke(name: string): Promise<void>;
  /** Leaves those out that `isOver` says. @throws CredentialError, unavailable */
  remove(isOver: (credential: Credential) => boolean): Promise<void>;
}
