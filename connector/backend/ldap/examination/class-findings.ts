import { type Finding, failed, warning } from '../../module/finding.ts';
import type { Branch } from '../layout/branch.ts';
import type { ObjectClasses } from '../layout/object-classes.ts';
import type { Schema } from '../layout/schema.ts';
import type { Tree } from '../layout/tree.ts';
import { isWhole, typeOf } from './attribute-type.ts';
import { allowedBy, isCertain, sameType } from './entry-classes.ts';

/** A line that can work: numbers are to be somebody's own, homes too. */
function lineFor(schema: Schema, name: string): string {
  const { spelling = name } = schema.get(name) ?? {};
  const value = isWhole(schema.get(name))
    ? '{next:10000-60000}'
    : name === 'homedirectory'
      ? '/home/{userName:local}'
      : '-';
  return `"ldap:${spelling}" = { ldap = "${spelling}", otherwise = ["${value}"] }`;
}

/** Whether new entries have what their object classes demand. */
export function* classFindings(tree: Tree, branch: Branch, classes: ObjectClasses): Generator<Finding> {
  const { section } = branch;
  const { must, unknown } = allowedBy(classes, branch.objectClasses);
  for (const name of unknown) yield failed(`${section}.object_classes: the directory has no object class ${name}`);
  if (unknown.length > 0) return;
  const writable = branch.table.rows.filter((row) => row.writable !== 'never');
  const same = (a: string, b: string): boolean => sameType(tree.schema, a, b);
  const given = [...Object.keys(branch.constants).map(typeOf), typeOf(branch.rdn.attribute), 'objectclass'];
  if (branch.type.hasMembers) given.push(typeOf(tree.membership.attribute));
  for (const name of must) {
    if (given.some((other) => same(name, other))) continue;
    const rows = writable.filter((row) => same(name, typeOf(row.ldap)));
    const classesText = branch.objectClasses.join(', ');
    if (rows.length === 0)
      yield failed(
        `${section}.map: a new entry (${classesText}) needs ${name} and nothing is mapped to it; add a line such as ${lineFor(tree.schema, name)}`,
      );
    else if (!rows.some((row) => isCertain(row, branch)))
      yield warning(
        `${section}.map: a new entry needs ${name}; whoever comes without one is refused. Give the line a placeholder`,
      );
  }
}
