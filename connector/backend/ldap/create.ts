import type { Backend } from '../backend.ts';
import { typesOf } from '../module/app-settings.ts';
import type { Surroundings } from '../module/backend-module.ts';
import { openDirectory } from './connection/directory.ts';
import { LdapBackend } from './ldap-backend.ts';
import type { LdapApp } from './settings/options.ts';
import { backendOptions, directoryOptions } from './settings/settings.ts';

/** The backend of an app's directory, not yet connected. */
export function create(app: LdapApp, { deadline, log }: Surroundings): Backend {
  const more = { ...(deadline === undefined ? {} : { total: deadline }), ...(log ? { log } : {}) };
  return new LdapBackend(backendOptions(app), typesOf(app), () => openDirectory(directoryOptions(app.ldap, more)));
}
