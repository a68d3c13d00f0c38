import { changeCredentials } from './credential-file.ts';
import { withoutNamed } from './make-credential.ts';

/** @throws CredentialError there is none of that name */
export const revokeCredential = (stateDir: string, name: string): Promise<void> =>
  changeCredentials(stateDir, (all) => withoutNamed(all, name));
