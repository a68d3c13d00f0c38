import { addCredential } from './add-credential.ts';
import type { CredentialDesk } from './credential-desk.ts';
import { changeCredentials } from './credential-file.ts';
import { listCredentials } from './list-credentials.ts';
import { revokeCredential } from './revoke-credential.ts';

/** The desk of a state folder. */
export const fileDesk = (stateDir: string): CredentialDesk => ({
  list: async (options) => listCredentials(stateDir, options),
  add: (wanted) => addCredential(stateDir, wanted),
  revoke: (name) => revokeCredential(stateDir, name),
  remove: (isOver) => changeCredentials(stateDir, (all) => all.filter((one) => !isOver(one))),
});
