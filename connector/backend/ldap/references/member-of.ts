import type { Directory } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import { LDAP_DEFAULTS } from '../settings/defaults.ts';
import type { LdapBackendOptions } from '../settings/options.ts';
import { sampleAgrees } from './member-of-sample.ts';

/** Why the groups of a person are taken from `memberOf`, or from the groups. */
export type MemberOfRule =
  /** Not used, as configured. */
  | 'never'
  /** Used: complete in this kind of directory. */
  | 'complete'
  /** Used, as configured. */
  | 'always'
  /** Not used: this kind of directory mixes the groups of groups in. */
  | 'nested'
  /** Used when a sample agrees with the groups. */
  | 'sample';

export function memberOfRule({ ldap }: LdapBackendOptions, { profile: { memberOf } }: Tree): MemberOfRule {
  const { member_of = LDAP_DEFAULTS.member_of } = ldap;
  if (member_of === 'never') return 'never';
  return memberOf === 'complete' || member_of === 'auto' ? memberOf : 'always';
}

/** Whether the groups of a person are taken from `memberOf`. */
export async function believesMemberOf(
  directory: Directory,
  signal: AbortSignal,
  tree: Tree,
  rule: MemberOfRule,
): Promise<boolean> {
  if (tree.membership.by === 'name') return false;
  if (rule === 'sample') return sampleAgrees(directory, signal, tree);
  return rule === 'complete' || rule === 'always';
}
