import type { CredentialDesk } from '../../auth/credentials/credential-desk.ts';
import { methodKind } from '../../auth/methods.ts';
import type { App, Config } from '../../config/config.ts';
import { accepts, callerCredential } from './caller-credential.ts';
import { withCredentials } from './credential-desk.ts';

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

async function make(desk: CredentialDesk, app: App, name: string): Promise<FirstCredential> {
  const username = accepts(app, 'basic') ? (app.auth.username ?? USER) : undefined;
  const secret = await desk.add({ name, basic: username });
  return { name, secret, ...(username === undefined ? {} : { username }) };
}

/** One for each kind that one of the `apps` asks for and has none of. @throws CredentialError */
export const makeFirstCredentials = (
  config: Config,
  apps: readonly App[],
  name: string,
): Promise<readonly FirstCredential[]> =>
  withCredentials(config, async (desk) => {
    const made: FirstCredential[] = [];
    for (const app of apps) {
      if (callerCredential(app, await desk.list())?.kind !== 'missing') continue;
      made.push(await make(desk, app, made.length === 0 ? name : `${name}-${app.name}`));
    }
    return made;
  });

/** For whoever starts for the first time; `undefined` when there is a credential already. @throws CredentialError */
export const makeQuickStartCredential = (config: Config): Promise<FirstCredential | undefined> =>
  withCredentials(config, async (desk) => {
    const listed = await desk.list();
    const app = config.apps.find(({ auth }) => !methodKind(auth.method).open);
    if (listed.length > 0 || !app || callerCredential(app, listed)?.kind !== 'missing') return undefined;
    return make(desk, app, QUICK_START);
  });

/** When nobody has seen it. @throws CredentialError */
export const takeBack = (config: Config, { name }: FirstCredential): Promise<void> =>
  withCredentials(config, (desk) => desk.revoke(name));
