import { type Finding, failed, warning } from '../../module/finding.ts';
import type { Branch } from '../layout/branch.ts';
import type { ObjectClasses } from '../layout/object-classes.ts';
import type { Schema } from '../layout/schema.ts';
import type { Tree } from '../layout/tree.ts';
import type { Row } from '../mapping/attribute-mapping.ts';
import { isNumeric, typeOf } from './attribute-type.ts';

/** Aliases of one attribute type count as one: `surname` is `sn`. Known to the schema by the same rules object. */
function sameType(schema: Schema, a: string, b: string): boolean {
  return (
    a === b || (schema.has(a) && schema.get(a)?.names === schema.get(b)?.names && schema.get(a)?.names !== undefined)
  );
}

interface Allowed {
  readonly must: readonly string[];
  readonly may: readonly string[];
  readonly unknown: readonly string[];
}

function allowedBy(classes: ObjectClasses, names: readonly string[]): Allowed {
  const found = names.map((name) => classes.get(name.toLowerCase()));
  return {
    must: [...new Set(found.flatMap((one) => [...(one?.must ?? [])]))],
    may: found.flatMap((one) => [...(one?.may ?? [])]),
    unknown: names.filter((_, i) => !found[i]),
  };
}

/** Rows that write a value whatever a client leaves out. */
const isCertain = (row: Row, branch: Branch): boolean =>
  row === branch.natural ||
  row.placeholder !== undefined ||
  row.otherwise.length > 0 ||
  row.scim?.attribute.required === true;

/** Whether new entries have what their object classes demand, and no more than they allow. */
export function* classFindings(tree: Tree, branch: Branch, classes: ObjectClasses): Generator<Finding> {
  const { section } = branch;
  const { must, may, unknown } = allowedBy(classes, branch.objectClasses);
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
        `${section}.map: a new entry (${classesText}) needs ${name} and nothing is mapped to it; add a line such as "ldap:${name}" = { ldap = "${name}", otherwise = ["-"] }`,
      );
    else if (!rows.some((row) => isCertain(row, branch)))
      yield warning(
        `${section}.map: a new entry needs ${name}; whoever comes without one is refused. Give the line a placeholder`,
      );
  }
  if (branch.objectClasses.some((name) => name.toLowerCase() === 'extensibleobject')) return;
  const misfits = writable
    .map(({ ldap }) => ldap)
    .filter((ldap) => ![...must, ...may].some((name) => same(typeOf(ldap), name)) && !isNumeric(typeOf(ldap)));
  if (misfits.length > 0)
    yield warning(
      `${section}.map: ${[...new Set(misfits)].join(', ')} cannot be in an entry of ${branch.objectClasses.join(', ')}; add an object class that allows it, or take the line away with ""`,
    );
}
