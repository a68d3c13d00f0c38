import { type Finding, failed, warning } from '../../module/finding.ts';
import { activationAttributes } from '../layout/activation.ts';
import type { Branch } from '../layout/branch.ts';
import type { ObjectClasses } from '../layout/object-classes.ts';
import { fixedValues } from '../layout/scope.ts';
import type { Tree } from '../layout/tree.ts';
import { isNumeric, typeOf } from './attribute-type.ts';
import { allowedBy, isCertain, sameType } from './entry-classes.ts';

/** Whether new entries hold no more than their object classes allow. */
export function* misfitFindings(tree: Tree, branch: Branch, classes: ObjectClasses): Generator<Finding> {
  const { section, objectClasses, table, type } = branch;
  if (objectClasses.some((name) => name.toLowerCase() === 'extensibleobject')) return;
  const { must, may, unknown } = allowedBy(classes, objectClasses);
  if (unknown.length > 0) return;
  const misfits = (attributes: readonly string[]): string[] => [
    ...new Set(attributes.filter((ldap) => !isNumeric(typeOf(ldap)) && !fits(typeOf(ldap)))),
  ];
  const fits = (name: string): boolean =>
    tree.schema.get(name)?.operational === true ||
    [...must, ...may].some((allowed) => sameType(tree.schema, name, allowed));
  const cannot = (names: readonly string[]): string =>
    `${names.join(', ')} cannot be in an entry of ${objectClasses.join(', ')}`;
  const remedy = 'add an object class that allows it, or take the line away with ""';

  const writable = table.rows.filter((row) => row.writable !== 'never');
  const always = misfits(writable.filter((row) => isCertain(row, branch)).map(({ ldap }) => ldap));
  if (always.length > 0) yield failed(`${section}.map: ${cannot(always)}, so that none can be made; ${remedy}`);
  const some = misfits(writable.map(({ ldap }) => ldap)).filter((ldap) => !always.includes(ldap));
  if (some.length > 0) yield warning(`${section}.map: ${cannot(some)}; ${remedy}`);
  const fixed = misfits([...fixedValues(branch.objects, tree.schema).keys()]);
  if (fixed.length > 0)
    yield failed(`${section}.filter: ${cannot(fixed)}, so that none can be made; add an object class that allows it`);
  const switches = type.isAccount ? misfits(activationAttributes(tree.activation)) : [];
  if (switches.length > 0)
    yield warning(`users.deactivate: ${cannot(switches)}; add an object class that allows it, or choose another way`);
}
