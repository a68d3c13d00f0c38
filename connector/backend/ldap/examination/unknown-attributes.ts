import { type Finding, failed } from '../../module/finding.ts';
import { activationAttributes } from '../layout/activation.ts';
import type { Branch } from '../layout/branch.ts';
import type { Tree } from '../layout/tree.ts';
import { isNumeric, typeOf } from './attribute-type.ts';

/** Attributes that the settings name and the schema does not have. */
export function* unknownAttributes(tree: Tree, branch: Branch): Generator<Finding> {
  const { schema } = tree;
  if (schema.size === 0) return;
  const known = (ldap: string): boolean => schema.has(typeOf(ldap)) || isNumeric(typeOf(ldap));
  for (const { ldap } of branch.table.rows)
    if (!known(ldap))
      yield failed(
        `${branch.section}.map: the directory has no attribute ${ldap}; map to another, or take the line away with ""`,
      );
  if (!known(branch.rdn.attribute))
    yield failed(`${branch.section}.rdn: the directory has no attribute ${branch.rdn.attribute}; name another`);
  if (branch.type.hasMembers && !known(tree.membership.attribute))
    yield failed(`groups.member: the directory has no attribute ${tree.membership.attribute}; name another`);
  if (branch.type.isAccount)
    for (const attribute of activationAttributes(tree.activation))
      if (!known(attribute))
        yield failed(`users.deactivate: the directory has no attribute ${attribute}; choose another way`);
}
