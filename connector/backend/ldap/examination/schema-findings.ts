import { ScimError } from '../../../scim/error.ts';
import { type Finding, ok, warning } from '../../module/finding.ts';
import type { Branch } from '../layout/branch.ts';
import type { ObjectClasses } from '../layout/object-classes.ts';
import { branchesOf, type Tree } from '../layout/tree.ts';
import { classFindings } from './class-findings.ts';
import { fixedValueFindings } from './fixed-value-findings.ts';
import { misfitFindings } from './misfit-findings.ts';
import { unknownAttributes } from './unknown-attributes.ts';

const tellsClasses = ({ profile }: Tree, classes: ObjectClasses): boolean => profile.tellsClasses && classes.size > 0;

const unfit = (tree: Tree, classes: ObjectClasses, branch: Branch): readonly Finding[] => [
  ...unknownAttributes(tree, branch),
  ...(tellsClasses(tree, classes) ? classFindings(tree, branch, classes) : []),
];

/** Whether the mapping fits what the server says of its schema. */
export function schemaFindings(tree: Tree, classes: ObjectClasses): readonly Finding[] {
  if (tree.schema.size === 0) return [warning('the directory does not show its schema; the mapping is not checked')];
  const findings = branchesOf(tree).flatMap((branch) => [
    ...unfit(tree, classes, branch),
    ...fixedValueFindings(tree, branch),
    ...(tellsClasses(tree, classes) ? misfitFindings(tree, branch, classes) : []),
  ]);
  const rows = branchesOf(tree).reduce((sum, { table }) => sum + table.rows.length, 0);
  return findings.length > 0 ? findings : [ok(`schema: ${rows} lines of the mapping fit the object classes`)];
}

/**
 * What keeps the connector from serving: a slip in the settings. An entry that holds too much is refused when it is
 * made, and those that are there can be served all the same.
 * @throws invalidValue with every failed finding
 */
export function refuseUnfit(tree: Tree, classes: ObjectClasses): void {
  const findings = branchesOf(tree).flatMap((branch) => unfit(tree, classes, branch));
  const texts = findings.filter(({ status }) => status === 'failed').map(({ text }) => text);
  if (texts.length > 0) throw new ScimError('invalidValue', texts.join('\n'), { fault: 'attribute-not-in-schema' });
}
