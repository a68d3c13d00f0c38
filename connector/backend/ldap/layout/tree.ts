import { ScimError } from '../../../scim/error.ts';
import type { ResourceTypes, TypeName } from '../../../scim/schema/resource-type.ts';
import type { RootDse } from '../directory/session.ts';
import type { LdapBackendOptions } from '../settings/options.ts';
import type { Activation } from './activation.ts';
import { type Branch, makeBranch } from './branch.ts';
import { chooseActivation } from './choose-activation.ts';
import { profileOf } from './detect-profile.ts';
import { type EntitlementBranch, entitlementBranches } from './entitlement-branch.ts';
import { type Membership, membershipOf } from './membership.ts';
import { type PasswordMethod, type Profile, takesAssertions, tellsEntries } from './profile.ts';
import type { Schema } from './schema.ts';
import { withSilentRules } from './silent-rules.ts';

/** The whole of what is known about a directory and an app's part of it. */
export interface Tree {
  readonly profile: Profile;
  readonly schema: Schema;
  readonly users: Branch;
  readonly groups?: Branch;
  /** Groups whose members have something. */
  readonly entitlements: readonly EntitlementBranch[];
  readonly membership: Membership;
  readonly activation: Activation;
  readonly passwords: PasswordMethod;
  /** Of the whole server, as its root DSE names them. */
  readonly namingContexts: readonly string[];
  /** A change can be answered with the entry before and after it (RFC 4527). */
  readonly readEntry: boolean;
  /** A change can be bound to the version of the entry (RFC 4528). */
  readonly asserts: boolean;
  /** Where the server's databases begin (namingContexts, RFC 4512 §5.1). */
  readonly contexts: readonly string[];
}

export const branchesOf = ({ users, groups }: Tree): readonly Branch[] => (groups ? [users, groups] : [users]);

/** @throws notImplemented where entries of the type are not kept */
export const branchOf = (tree: Tree, type: TypeName): Branch => {
  const branch = branchesOf(tree).find((one) => one.type.name === type);
  if (!branch)
    throw new ScimError('notImplemented', 'groups are not kept in this directory: [groups] has no base', {
      fault: 'groups-not-kept',
    });
  return branch;
};

/** Puts the settings and what the server says of itself together. @throws invalidValue naming the setting at fault */
export function plantTree(options: LdapBackendOptions, types: ResourceTypes, dse: RootDse, schema: Schema): Tree {
  const profile = profileOf(options, dse);
  const activation = chooseActivation(profile, dse, options.users);
  const outside = activation.kind === 'move' ? [activation.to] : [];
  return {
    profile,
    schema: withSilentRules(schema, profile.comparesBySyntax),
    users: makeBranch(types.User, profile.users, options.users, outside),
    ...(options.groups ? { groups: makeBranch(types.Group, profile.groups, options.groups) } : {}),
    entitlements: entitlementBranches(types.Group, profile.groups, options),
    membership: membershipOf(profile, options.groups),
    activation,
    passwords: profile.passwords(dse),
    namingContexts: (dse.get('namingcontexts') ?? []).map(String),
    readEntry: tellsEntries(dse),
    asserts: profile.version !== undefined && takesAssertions(dse),
    contexts: (dse.get('namingcontexts') ?? []).map(String),
  };
}
