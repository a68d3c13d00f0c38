import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { LdapEntitlements } from '../../../../connector/backend/ldap/settings/entitlements-table.ts';
import type { Draft } from '../../../../connector/scim/draft.ts';
import type { Attributes, Resource } from '../../../../connector/scim/resource.ts';
import { resourceTypes } from '../../../../connector/scim/schema/resource-type.ts';
import { guardedService } from '../../../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../../../connector/service/policy.ts';
import type { Service } from '../../../../connector/service/service.ts';
import { call } from '../../../support/directories/scim.ts';

const kind = (name: string, more: Partial<LdapEntitlements>): LdapEntitlements => ({
  name,
  kind: 'entitlement',
  endpoint: `/${name}s`,
  description: name,
  single: false,
  ...more,
});

/** Licences are groups, seats an attribute with a list, roles an attribute whose values are all there are. */
export const kindsIn = (groups: string): readonly LdapEntitlements[] => [
  kind('License', { base: groups, filter: '(cn=lic-*)' }),
  kind('Seat', { attribute: 'carLicense', list: { a1: 'Window', b2: 'Aisle' } }),
  kind('Role', { kind: 'role', attribute: 'roomNumber' }),
];

export const schemaOf = (kinds: readonly LdapEntitlements[]) =>
  resourceTypes({ app: 'hr', users: [], groups: [], entitlements: kinds });

export const serviceOf = (backend: LdapBackend, types: readonly LdapEntitlements[]): Service =>
  guardedService(backend, { ...defaultPolicy, entitlements: { types, shown: true } });

export const draft = (attributes: Attributes, cleared: Draft['cleared'] = []): Draft => ({
  attributes,
  cleared,
  ignored: [],
});

/** What somebody has, each as `TYPE id display`. */
export function has({ attributes }: Resource): readonly string[] {
  const { entitlements = [], roles = [] } = attributes as Record<string, readonly Record<string, string>[]>;
  const shown = ({ type, value, display }: Record<string, string>): string => `${type ?? ''} ${value} ${display ?? ''}`;
  return [...entitlements.map(shown), ...roles.map(shown)].map((text) => text.trim()).sort();
}

export { call };
