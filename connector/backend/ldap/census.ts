import { typesOf } from '../module/app-settings.ts';
import type { Census, CensusOptions } from '../module/census.ts';
import { openDirectory } from './connection/directory.ts';
import { translated } from './directory/ldap-errors.ts';
import { takeCensus } from './examination/census.ts';
import type { LdapApp } from './settings/options.ts';
import { backendOptions, directoryOptions } from './settings/settings.ts';

/** On a connection of its own, beside a service that runs. @throws unavailable */
export async function census(app: LdapApp, options: CensusOptions): Promise<Census> {
  const directory = await openDirectory(directoryOptions(app.ldap));
  try {
    const types = typesOf(app);
    return await translated({ operation: 'read', type: types.User.name }, () =>
      takeCensus(directory, backendOptions(app), types, options),
    );
  } finally {
    await directory.close();
  }
}
