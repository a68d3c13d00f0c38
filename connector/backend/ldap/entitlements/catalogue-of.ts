import { ScimError } from '../../../scim/error.ts';
import type { EntitlementType } from '../../../scim/schema/entitlement.ts';
import type { Catalogue } from '../../backend.ts';
import type { Reader } from '../reading/reader.ts';
import type { LdapBackendOptions } from '../settings/options.ts';
import { GroupCatalogue } from './group-catalogue.ts';
import type { GroupKinds } from './group-kinds.ts';
import { ValueCatalogue } from './value-catalogue.ts';

/**
 * Where the entitlements of a type are in the directory.
 * @param opened  what is open when somebody asks
 * @throws notImplemented  they are nowhere
 */
export function catalogueOf(
  { name }: EntitlementType,
  { entitlements = [] }: LdapBackendOptions,
  opened: () => Reader & { readonly kinds: GroupKinds },
): Catalogue {
  const attribute = entitlements.find((one) => one.name === name)?.attribute;
  if (attribute !== undefined) return new ValueCatalogue(opened, attribute, name);
  const kind = opened().kinds.kinds.find(({ type }) => type.name === name);
  if (kind) return new GroupCatalogue(kind);
  throw new ScimError(
    'notImplemented',
    `entitlements of type ${name}: reading them is not possible with this backend; give the type a base`,
    {
      fault: 'feature-off',
    },
  );
}
