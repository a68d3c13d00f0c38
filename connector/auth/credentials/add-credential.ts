import { changeCredentials } from './credential-file.ts';
import { makeCredential, type NewCredential, withAdded } from './make-credential.ts';

/** The token or password, which is nowhere else: shown once. @throws CredentialError */
export async function addCredential(stateDir: string, wanted: NewCredential): Promise<string> {
  const { credential, secret } = makeCredential(wanted, Date.now());
  await changeCredentials(stateDir, (all) => withAdded(all, credential));
  return secret;
}
