import type { Element } from '../../../scim/change.ts';
import { ScimError } from '../../../scim/error.ts';
import { naturalName } from '../../../scim/names.ts';
import type { Attributes } from '../../../scim/resource.ts';
import { formatRdn, type Naming } from '../directory/dn.ts';
import type { Branch } from '../layout/branch.ts';
import { refuseProtectedDn } from '../layout/protection.ts';
import { fixedValues, requireInScope, valuesIn } from '../layout/scope.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import { desiredValues } from '../mapping/desired-values.ts';
import type { Generated, LdapValue } from '../mapping/row-values.ts';
import { desiredReferences } from '../references/desired-references.ts';
import { idsOf, membersById, memberValue } from '../references/members.ts';
import type { Chosen } from './free-values.ts';
import { checkPassword } from './password.ts';
import { refuseTooLong } from './refuse-too-long.ts';
import type { Writer } from './writer.ts';

export type NewEntry = Record<string, readonly LdapValue[]>;

/** A new entry, planned. */
export interface Draft {
  readonly dn: string;
  readonly name: string;
  /** Without the account's switch and password, and without members. */
  readonly entry: NewEntry;
  /** Values of the group's member attribute. */
  readonly members: readonly string[];
  readonly password?: string;
  readonly active: boolean;
  /** What was found to be free. */
  readonly chosen: readonly Chosen[];
}

/** @throws invalidValue when nothing says what the entry is called */
function rdnValueOf({ rdn }: Branch, attributes: Attributes, generated: Generated): string {
  const value = rdn.value.generator ? generated.get(rdn.value) : rdn.value.render(attributes);
  if (value !== undefined && value.trim() !== '') return value;
  throw new ScimError('invalidValue', `${[...rdn.value.uses].join(', ')}: needed to name the entry in the directory`, {
    fault: 'name-not-possible',
  });
}

/** Where the entry goes. Inactive accounts may have a place of their own. */
export const parentFor = ({ activation }: Tree, { type, base }: Branch, active: boolean): string =>
  type.isAccount && !active && activation.kind === 'move' ? activation.to : base;

/** The value in the name must be among the values of the attribute (X.501 §9.3). */
function withNaming(entry: NewEntry, { attribute, value }: Naming): NewEntry {
  const named = Object.keys(entry).find((key) => keyOf(key) === keyOf(attribute)) ?? attribute;
  return entry[named]?.includes(value) ? entry : { ...entry, [named]: [value, ...(entry[named] ?? [])] };
}

/** @throws invalidValue, forbidden; nothing has been written then */
export async function draftOf(
  { tree, references }: Writer,
  { session, branch }: Work,
  attributes: Attributes,
  chosen: readonly Chosen[],
): Promise<Draft> {
  const generated: Generated = new Map(chosen.map(({ slot, value }) => [slot.template, value]));
  const { membership } = tree;
  const active = attributes['active'] !== false;
  const naming = { attribute: branch.rdn.attribute, value: rdnValueOf(branch, attributes, generated) };
  const dn = `${formatRdn(naming)},${parentFor(tree, branch, active)}`;
  refuseProtectedDn(branch, dn);
  const always = (): boolean => true;
  const ids = idsOf((attributes['members'] ?? []) as readonly Element[]);
  const members = await membersById(session, references, membership, ids);
  const pointers = await desiredReferences(session, references, tree, branch, attributes, always);
  const entry: NewEntry = { objectClass: branch.objectClasses };
  for (const [attribute, value] of Object.entries(branch.constants)) entry[attribute] = [value];
  for (const { ldap, values } of [
    ...desiredValues(branch.table, attributes, always, { before: {}, generated }),
    ...pointers,
  ]) {
    if (values.length > 0) entry[ldap] = values;
  }
  for (const [attribute, value] of fixedValues(branch.objects, tree.schema)) {
    if (!Object.keys(entry).some((key) => keyOf(key) === keyOf(attribute))) entry[attribute] = [value];
  }
  const whole = withNaming(entry, naming);
  requireInScope(
    branch,
    'new',
    valuesIn(branch, new Map(Object.entries(whole).map(([key, list]) => [keyOf(key), list]))),
  );
  refuseTooLong(tree, branch, Object.entries(whole));
  const { password } = attributes;
  return {
    dn,
    name: naturalName(branch.type, attributes),
    entry: whole,
    members: members.map((reference) => memberValue(membership, reference)),
    ...(password === undefined ? {} : { password: checkPassword(String(password)) }),
    active,
    chosen,
  };
}
