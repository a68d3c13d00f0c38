import { credentialFile, readCredentials } from './credential-file.ts';
import { readLastUse } from './last-use.ts';
import { type ListedCredential, type ListOptions, listed } from './listed-credential.ts';

/** Those of a state folder. @throws CredentialError */
export const listCredentials = (stateDir: string, options: ListOptions = {}): ListedCredential[] =>
  listed(readCredentials(credentialFile(stateDir)), readLastUse(stateDir), options);
