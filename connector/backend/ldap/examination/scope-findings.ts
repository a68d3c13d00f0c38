import { type Finding, warning } from '../../module/finding.ts';
import { ACCOUNT_CONTROL, type Activation, DISABLED_ACCOUNT, ENABLED_ACCOUNT } from '../layout/activation.ts';
import type { Branch } from '../layout/branch.ts';
import type { ObjectClasses } from '../layout/object-classes.ts';
import { fixedValues, passes, type ValuesOf } from '../layout/scope.ts';
import type { Tree } from '../layout/tree.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';

type Known = ReadonlyMap<string, readonly string[]>;

/** What every new entry has, whatever a client sends. */
function certainValues(tree: Tree, branch: Branch, classes: ObjectClasses): Known {
  const known = new Map<string, readonly string[]>();
  const lineages = branch.objectClasses.map((name) => classes.get(name.toLowerCase())?.lineage);
  if (lineages.every((one) => one !== undefined))
    known.set(
      'objectclass',
      lineages.flatMap((one) => [...one]),
    );
  for (const [attribute, value] of Object.entries(branch.constants)) known.set(keyOf(attribute), [value]);
  for (const { scim, key, otherwise } of branch.table.rows) {
    const value = scim ? undefined : otherwise[0]?.render({});
    if (value !== undefined) known.set(key, [value]);
  }
  for (const [attribute, value] of fixedValues(branch.objects, tree.schema))
    if (!known.has(keyOf(attribute))) known.set(keyOf(attribute), [value]);
  return known;
}

/** What its switch makes of an account. */
function switched(activation: Activation, active: boolean): Known {
  switch (activation.kind) {
    case 'account-control':
      return new Map([[keyOf(ACCOUNT_CONTROL), [active ? ENABLED_ACCOUNT : DISABLED_ACCOUNT]]]);
    case 'values': {
      const none = Object.keys({ ...activation.inactive, ...activation.active }).map(
        (name) => [keyOf(name), []] as const,
      );
      const now = Object.entries(active ? activation.active : activation.inactive);
      return new Map<string, readonly string[]>([
        ...none,
        ...now.map(([name, value]) => [keyOf(name), [value]] as const),
      ]);
    }
    case 'group':
      return active ? new Map() : new Map([['memberof', [activation.group]]]);
    case 'move':
    case 'none':
      return new Map();
  }
}

/** An attribute that is neither mapped nor the server's own stays away from new entries. */
const valuesOf =
  ({ schema, profile }: Tree, { table, rdn, type }: Branch, known: Known): ValuesOf =>
  (attribute) => {
    const key = keyOf(attribute);
    const rules = schema.get(key);
    const isOurs = table.rows.some((row) => row.key === key) || key === keyOf(rdn.attribute) || key === 'userpassword';
    const isTheirs = !profile.tellsClasses || !rules || rules.operational || rules.serverMade || key === 'objectclass';
    return known.get(key) ?? (isOurs || isTheirs || type.hasMembers ? undefined : []);
  };

/** Whether new entries can pass the filter, and people still do once they are deactivated. */
export function* scopeFindings(tree: Tree, branch: Branch, classes: ObjectClasses): Generator<Finding> {
  const { section, objects, type } = branch;
  const certain = certainValues(tree, branch, classes);
  const passing = (active: boolean): boolean | undefined => {
    const known = type.isAccount ? new Map([...certain, ...switched(tree.activation, active)]) : certain;
    return passes(objects, valuesOf(tree, branch, known));
  };
  if (passing(true) === false)
    yield warning(
      `${section}.filter: no new entry can match ${objects}, so that none can be made; map what it asks for, add the object class, or change the filter`,
    );
  else if (type.isAccount && passing(false) === false)
    yield warning(
      `${section}.filter: whoever is deactivated no longer matches ${objects}, so that nobody can be; take the switch out of the filter`,
    );
}
