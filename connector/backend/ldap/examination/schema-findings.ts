import { ScimError } from '../../../scim/error.ts';
import { type Finding, ok, warning } from '../../module/finding.ts';
import type { ObjectClasses } from '../layout/object-classes.ts';
import { branchesOf, type Tree } from '../layout/tree.ts';
import { classFindings } from './class-findings.ts';
import { unknownAttributes } from './unknown-attributes.ts';

/** Whether the mapping fits what the server says of its schema. The failed ones refuse to serve. */
export function schemaFindings(tree: Tree, classes: ObjectClasses): readonly Finding[] {
  if (tree.schema.size === 0) return [warning('the directory does not show its schema; the mapping is not checked')];
  const findings = branchesOf(tree).flatMap((branch) => [
    ...unknownAttributes(tree, branch),
    ...(tree.profile.tellsClasses && classes.size > 0 ? classFindings(tree, branch, classes) : []),
  ]);
  const rows = branchesOf(tree).reduce((sum, { table }) => sum + table.rows.length, 0);
  return findings.length > 0 ? findings : [ok(`schema: ${rows} lines of the mapping fit the object classes`)];
}

/** @throws invalidValue with every failed finding */
export function refuseUnfit(findings: readonly Finding[]): void {
  const texts = findings.filter(({ status }) => status === 'failed').map(({ text }) => text);
  if (texts.length > 0) throw new ScimError('invalidValue', texts.join('\n'));
}
