import { openDirectory } from '../../../connector/backend/ldap/connection/directory.ts';
import type { Directory } from '../../../connector/backend/ldap/directory/session.ts';
import { createLdapBackend, type LdapBackend } from '../../../connector/backend/ldap/ldap-backend.ts';
import { entitlementLines } from '../../../connector/backend/ldap/settings/entitlement-lines.ts';
import type { LdapEntitlements } from '../../../connector/backend/ldap/settings/entitlements-table.ts';
import type { LdapBackendOptions } from '../../../connector/backend/ldap/settings/options.ts';
import { type ResourceTypes, resourceTypes } from '../../../connector/scim/schema/resource-type.ts';
import type { DirectoryLab } from './directory-lab.ts';
import { serviceOptions } from './service-directory.ts';

/** What a test sets beyond the shortest configuration. */
export interface More {
  readonly ldap?: Partial<LdapBackendOptions['ldap']>;
  readonly users?: Partial<LdapBackendOptions['users']>;
  readonly groups?: Partial<NonNullable<LdapBackendOptions['groups']>>;
  readonly entitlements?: readonly LdapEntitlements[];
}

export const types = resourceTypes();

/** The backend on `lab` as a customer sets it up: the service account over LDAPS, and no line that has a default. */
export async function openBackend(
  lab: DirectoryLab,
  more: More = {},
  schema: ResourceTypes = types,
  wrap: (directory: Directory) => Directory = (directory) => directory,
): Promise<LdapBackend> {
  const backend = createLdapBackend(
    {
      ldap: { ...more.ldap },
      users: {
        base: lab.flavour.people,
        ...more.users,
        map: { ...more.users?.map, ...entitlementLines(more.entitlements ?? []) },
      },
      groups: { base: lab.flavour.groups, ...more.groups },
      ...(more.entitlements ? { entitlements: more.entitlements } : {}),
    },
    async () => wrap(await openDirectory(serviceOptions(lab))),
    schema,
  );
  await backend.open();
  return backend;
}
