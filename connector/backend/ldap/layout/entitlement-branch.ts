import type { EntitlementType } from '../../../scim/schema/entitlement.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import type { LdapBackendOptions } from '../settings/options.ts';
import { type Branch, makeBranch } from './branch.ts';
import type { TypeProfile } from './profile.ts';

/** The groups that stand for the entitlements of one kind. */
export interface EntitlementBranch {
  readonly type: EntitlementType;
  readonly branch: Branch;
}

/** Read like groups, wherever they live. @throws invalidValue naming the setting at fault */
export const entitlementBranches = (
  group: ResourceType,
  profile: TypeProfile,
  { groups, entitlements = [] }: LdapBackendOptions,
): readonly EntitlementBranch[] =>
  entitlements.flatMap(({ base, filter, ...type }) => {
    if (base === undefined) return [];
    const options = { custom: [], ...groups, base, ...(filter === undefined ? {} : { filter }) };
    return [{ type, branch: { ...makeBranch(group, profile, options), section: `entitlements.${type.name}` } }];
  });
