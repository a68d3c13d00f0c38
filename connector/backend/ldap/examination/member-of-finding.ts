import { type Finding, ok, warning } from '../../module/finding.ts';
import type { Directory } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import { memberOfRule } from '../references/member-of.ts';
import { sampleAgrees } from '../references/member-of-sample.ts';
import { REMEDIES } from './remedies.ts';
import type { Subject } from './subject.ts';

/** Where the groups of a person come from. */
export async function memberOfFinding(
  { options }: Subject,
  directory: Directory,
  signal: AbortSignal,
  tree: Tree,
): Promise<Finding> {
  const asking = 'the groups of a person are found by asking the groups';
  if (!tree.groups) return warning('groups: none are kept; set groups.base to offer them to Okta');
  const rule = memberOfRule(options, tree);
  switch (rule) {
    case 'never':
      return ok(`memberOf: not used, as configured; ${asking}`);
    case 'complete':
      return ok('memberOf: complete in this kind of directory, and used');
    case 'nested':
      return ok(`memberOf: not used, because this kind of directory mixes the groups of groups in; ${asking}`);
  }
  if (await sampleAgrees(directory, signal, tree))
    return ok('memberOf: a sample agrees with the groups, and it is used');
  if (rule === 'sample') return ok(`memberOf: not used, because a sample lacks it; ${asking}`);
  return warning(
    `memberOf: ldap.member_of = "always", and a sample does not agree with the groups. Set it to "auto", or: ${REMEDIES[tree.profile.name].memberOf}`,
  );
}
