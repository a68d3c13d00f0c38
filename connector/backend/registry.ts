import { createHash } from 'node:crypto';
import type { App } from '../config/config.ts';
import { type ResourceTypes, resourceTypes } from '../scim/schema/resource-type.ts';
import type { Backend } from './backend.ts';

/** What a backend may be told beside its settings. */
export interface Surroundings {
  /** Longest that a request may run. Unit: ms. */
  readonly deadline?: number;
  readonly log?: { info(text: string): void; warn(text: string): void };
}

export const typesOf = (app: App): ResourceTypes =>
  resourceTypes({ app: app.okta_app, users: app.users.custom, groups: app.groups.custom });

/** The backend of an app, not yet open. One case per backend; each is loaded when it is asked for. */
export async function createBackend(app: App, { deadline, log }: Surroundings = {}): Promise<Backend> {
  switch (app.backend) {
    case 'sqlite': {
      const { SqliteBackend } = await import('./sqlite/sqlite-backend.ts');
      return new SqliteBackend(app.sqlite);
    }
    case 'ldap': {
      const [{ LdapBackend }, { backendOptions, directoryOptions }, { openDirectory }] = await Promise.all([
        import('./ldap/ldap-backend.ts'),
        import('./ldap/settings/settings.ts'),
        import('./ldap/connection/directory.ts'),
      ]);
      const more = { ...(deadline === undefined ? {} : { total: deadline }), ...(log ? { log } : {}) };
      return new LdapBackend(backendOptions(app), typesOf(app), () => openDirectory(directoryOptions(app.ldap, more)));
    }
  }
}

/** A changed secret is a changed setting, and prints like the old one. */
const fingerprint = (text: string | undefined): string =>
  text === undefined ? '' : createHash('sha256').update(text).digest('hex');

/** Two apps with the same key would share one store; settings with the same key need not be opened again. */
export function backendKey(app: App): string {
  if (app.backend === 'sqlite') return JSON.stringify([app.backend, app.sqlite]);
  const { ldap, users, groups, okta_app } = app;
  const secrets = [ldap.password, ldap.client_key_passphrase].map((secret) => fingerprint(secret?.reveal()));
  return JSON.stringify([app.backend, ldap, users, groups, okta_app, secrets]);
}
