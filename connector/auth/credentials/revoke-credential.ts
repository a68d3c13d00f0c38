import { CredentialError } from '../../secrets/credential-error.ts';
import { changeCredentials } from './credential-file.ts';

/** @throws CredentialError there is none of that name */
export const revokeCredential = (stateDir: string, name: string): Promise<void> =>
  changeCredentials(stateDir, (credentials) => {
    const kept = credentials.filter((credential) => credential.name !== name);
    if (kept.length === credentials.length) throw new CredentialError(`no credential is named "${name}"`);
    return kept;
  });
