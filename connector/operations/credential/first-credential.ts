import { addCredential } from '../../auth/credentials/add-credential.ts';
import { listCredentials } from '../../auth/credentials/list-credentials.ts';
import { revokeCredential } from '../../auth/credentials/revoke-credential.ts';
import { methodKind } from '../../auth/methods.ts';
import type { App, Config } from '../../config/config.ts';
import { accepts, callerCredential } from './caller-credential.ts';

/** To be shown once: the secret is nowhere else. */
export interface FirstCredential {
  readonly name: string;
  readonly secret: string;
  /** Of a password. */
  readonly username?: string;
}

/** User name of a first password, when the configuration names nobody. */
const USER = 'okta';
/** Name of what the quick start makes. */
const QUICK_START = 'first';

async function make({ state_dir }: Config, app: App, name: string): Promise<FirstCredential> {
  const username = accepts(app, 'basic') ? (app.auth.username ?? USER) : undefined;
  const secret = await addCredential(state_dir, { name, basic: username });
  return { name, secret, ...(username === undefined ? {} : { username }) };
}

/** One for each kind that one of the `apps` asks for and has none of. @throws CredentialError */
export async function makeFirstCredentials(
  config: Config,
  apps: readonly App[],
  name: string,
): Promise<readonly FirstCredential[]> {
  const made: FirstCredential[] = [];
  for (const app of apps) {
    if (callerCredential(app, listCredentials(config.state_dir))?.kind !== 'missing') continue;
    made.push(await make(config, app, made.length === 0 ? name : `${name}-${app.name}`));
  }
  return made;
}

/** For whoever starts for the first time; `undefined` when there is a credential already. @throws CredentialError */
export async function makeQuickStartCredential(config: Config): Promise<FirstCredential | undefined> {
  const listed = listCredentials(config.state_dir);
  const app = config.apps.find(({ auth }) => !methodKind(auth.method).open);
  if (listed.length > 0 || !app || callerCredential(app, listed)?.kind !== 'missing') return undefined;
  return make(config, app, QUICK_START);
}

/** When nobody has seen it. @throws CredentialError */
export const takeBack = ({ state_dir }: Config, { name }: FirstCredential): Promise<void> =>
  revokeCredential(state_dir, name);
