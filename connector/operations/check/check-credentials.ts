import { methodKind } from '../../auth/methods.ts';
import { type Finding, ok, warning } from '../../backend/module/finding.ts';
import type { App, Config } from '../../config/config.ts';
import { callerCredential } from '../credential/caller-credential.ts';
import { listedCredentials } from '../credential/credential-desk.ts';

async function examined(method: string, examine: () => Promise<string>): Promise<Finding> {
  try {
    return ok(`${method}: ${await examine()}`);
  } catch (error) {
    // A start does not depend on it: it may be there when a client comes.
    return warning(`${method}: nobody gets an access token for now: ${error instanceof Error ? error.message : error}`);
  }
}

/** Whether anybody can log in to an app, and whether everybody can. @throws CredentialError, unavailable */
export async function checkCredentials(config: Config, app: App): Promise<Finding> {
  const { method } = app.auth;
  const { examine } = methodKind(method);
  if (examine) return examined(method, () => examine(app.auth));
  if (methodKind(method).open) return warning(`method "${method}": whoever reaches the port may do everything`);
  const credential = callerCredential(app, await listedCredentials(config));
  if (credential?.kind === 'fixed') return ok(`${method}: set by configuration`);
  if (credential?.kind === 'stored') return ok(`${method}: ${credential.names.join(', ')}`);
  return warning('none: every request will be answered 401; make one with: token add NAME');
}
