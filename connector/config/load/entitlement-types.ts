import type { EntitlementSettings } from '../../backend/module/app-settings.ts';
import type { AppInput } from '../schema/app-schema.ts';

/** In the plural, as endpoints are named: /Licenses, /Policies. */
function pluralOf(name: string): string {
  if (/s$/i.test(name)) return name;
  return /[^aeiou]y$/i.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

/** The kinds of entitlements of an app, with the defaults that come from their names. */
export const entitlementTypes = (tables: AppInput['entitlements']): readonly EntitlementSettings[] =>
  Object.entries(tables).map(([name, { kind, endpoint, description, ...rest }]) => ({
    ...rest,
    name,
    kind: kind ?? (name.toLowerCase() === 'role' ? 'role' : 'entitlement'),
    endpoint: endpoint ?? `/${pluralOf(name)}`,
    description: description ?? name,
  }));
