import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend } from '../../../connector/backend/backend.ts';
import { openDirectory } from '../../../connector/backend/ldap/connection/directory.ts';
import type { DirectoryLog, DirectoryOptions } from '../../../connector/backend/ldap/connection/directory-options.ts';
import { createLdapBackend } from '../../../connector/backend/ldap/ldap-backend.ts';
import type { MapOptions } from '../../../connector/backend/ldap/settings/options.ts';
import type { ResourceTypes } from '../../../connector/scim/schema/resource-type.ts';
import type { Setting } from '../options-to-toml.ts';
import type { DirectoryLab } from './directory-lab.ts';
import { type Interception, intercepted } from './intercepted.ts';
import { serviceOptions } from './service-directory.ts';

/** The directory of a lab as the store of a server: the service account over LDAPS, unless `connection` says otherwise. */
export interface DirectoryStore {
  readonly lab: DirectoryLab;
  /** `backOff` is no setting: an executable waits as long as it does for customers. */
  readonly connection?: Partial<Pick<DirectoryOptions, 'urls' | 'trust' | 'bind' | 'timeouts' | 'backOff'>>;
  /** Of users. */
  readonly map?: MapOptions;
  readonly groupMap?: MapOptions;
  /** For `itWithFault`. */
  readonly meet?: Interception;
}

/** Not yet open. */
export function directoryBackend(
  { lab, connection, map, groupMap, meet }: DirectoryStore,
  types: ResourceTypes,
  log: DirectoryLog,
): Backend {
  const { people, groups } = lab.flavour;
  const users = { base: people, ...(map ? { map } : {}) };
  return createLdapBackend(
    { ldap: {}, users, groups: { base: groups, ...(groupMap ? { map: groupMap } : {}) } },
    async () => {
      const opened = await openDirectory(serviceOptions(lab, { ...connection, log }));
      return meet ? intercepted(opened, meet) : opened;
    },
    types,
  );
}

const milliseconds = (amount: number | undefined): string | undefined =>
  amount === undefined ? undefined : `${amount}ms`;

/** The same for a configuration file in `folder`, where the authority's certificate and the password are put too. */
export async function directorySettings(
  { lab, connection, map, groupMap }: DirectoryStore,
  folder: string,
): Promise<readonly Setting[]> {
  const { urls, trust, bind, timeouts = {} } = serviceOptions(lab, connection);
  if (trust?.kind !== 'authority' || bind.kind !== 'simple') throw new Error('only what tests have needed so far');
  writeFileSync(join(folder, 'ldap-ca.pem'), trust.ca);
  writeFileSync(join(folder, 'ldap-password'), await bind.password(), { mode: 0o600 });
  return [
    [['backend'], 'ldap'],
    [['ldap', 'urls'], urls],
    [['ldap', 'ca_file'], 'ldap-ca.pem'],
    [['ldap', 'bind_dn'], bind.dn],
    [['ldap', 'password'], { file: 'ldap-password' }],
    [['ldap', 'connect_timeout'], milliseconds(timeouts.connect)],
    [['ldap', 'read_timeout'], milliseconds(timeouts.read)],
    [['ldap', 'write_timeout'], milliseconds(timeouts.write)],
    [['ldap', 'page_timeout'], milliseconds(timeouts.page)],
    [['users', 'base'], lab.flavour.people],
    [['users', 'map'], map],
    [['groups', 'base'], lab.flavour.groups],
    [['groups', 'map'], groupMap],
  ];
}
