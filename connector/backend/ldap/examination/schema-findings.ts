import { ScimError } from '../../../scim/error.ts';
import { type Finding, failed, ok, warning } from '../../module/finding.ts';
import { activationAttributes } from '../layout/activation.ts';
import type { Branch } from '../layout/branch.ts';
import type { ObjectClasses } from '../layout/object-classes.ts';
import type { Schema } from '../layout/schema.ts';
import { branchesOf, type Tree } from '../layout/tree.ts';
import type { Row } from '../mapping/attribute-mapping.ts';

/** Without options: `cn;lang-de` is of type `cn`. */
const typeOf = (ldap: string): string => (ldap.split(';')[0] ?? ldap).toLowerCase();

const isNumeric = (name: string): boolean => /^[\d.]+$/.test(name);

function* unknownAttributes(tree: Tree, branch: Branch): Generator<Finding> {
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

function* classFindings(tree: Tree, branch: Branch, classes: ObjectClasses): Generator<Finding> {
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

/** Whether the mapping fits what the server says of its schema. The failed ones refuse to serve. */
export function schemaFindings(tree: Tree, classes: ObjectClasses): readonly Finding[] {
  if (tree.schema.size === 0) return [warning('the directory does not show its schema; the mapping is not checked')];
  const findings = branchesOf(tree).flatMap((branch) => [
    ...unknownAttributes(tree, branch),
    // Active Directory fills in what it demands, and adds auxiliary classes that its subschema does not tell.
    ...(tree.profile.name === 'active-directory' || classes.size === 0 ? [] : classFindings(tree, branch, classes)),
  ]);
  const rows = branchesOf(tree).reduce((sum, { table }) => sum + table.rows.length, 0);
  return findings.length > 0 ? findings : [ok(`schema: ${rows} lines of the mapping fit the object classes`)];
}

/** @throws invalidValue with every failed finding */
export function refuseUnfit(findings: readonly Finding[]): void {
  const texts = findings.filter(({ status }) => status === 'failed').map(({ text }) => text);
  if (texts.length > 0) throw new ScimError('invalidValue', texts.join('\n'));
}
