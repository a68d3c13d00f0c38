import type { LdapEntitlements } from './entitlements-table.ts';
import type { MapOptions } from './options.ts';

/** The lines of the mapping that kinds with an attribute come to. */
export const entitlementLines = (kinds: readonly LdapEntitlements[]): MapOptions =>
  Object.fromEntries(
    kinds.flatMap(({ name, kind, attribute }): [string, MapOptions[string]][] => {
      if (attribute === undefined) return [];
      if (kind === 'role') return [['roles', { ldap: attribute, many: true }]];
      return [[`entitlements.${name}`, { ldap: attribute, many: true, labels: [name] }]];
    }),
  );
