import { applyChanges, type Change } from '../../../scim/change.ts';
import { ScimError } from '../../../scim/error.ts';
import type { Attributes } from '../../../scim/resource.ts';
import { namingsOf, parentOf } from '../directory/dn.ts';
import type { Entry, Modification } from '../directory/session.ts';
import { activationChanges } from '../layout/activation.ts';
import { refuseProtectedDn } from '../layout/protection.ts';
import { requireInScope, valuesIn } from '../layout/scope.ts';
import type { Work } from '../layout/work.ts';
import { desiredValues } from '../mapping/desired-values.ts';
import { type Difference, difference } from '../mapping/entry-difference.ts';
import type { LdapValue } from '../mapping/row-values.ts';
import { touchedBy } from '../mapping/touched-rows.ts';
import { desiredReferences } from '../references/desired-references.ts';
import { isOfMembers } from './member-plan.ts';
import { isOfPassword, passwordStep } from './password-step.ts';
import { valuesAfter } from './put-back.ts';
import { refuseTooLong } from './refuse-too-long.ts';
import { renaming } from './renaming.ts';
import { refuseTaken } from './uniqueness.ts';
import type { Writer } from './writer.ts';

type Values = ReadonlyMap<string, readonly (string | Buffer)[]>;

/** Everything that a list of changes means for one entry, its members apart. */
export interface EntryPlan extends Difference {
  readonly wanted: Attributes;
  /** Set by an operation of its own. */
  readonly password?: string;
  /** Set when the account changes sides. */
  readonly active?: boolean;
}

export const changesNothing = ({ rdn, modifications, password, active }: EntryPlan): boolean =>
  rdn === undefined && modifications.length === 0 && password === undefined && active === undefined;

/** The entry as it will be: what names it is among its values (X.501 §9.3). */
function entryAfter(entry: Entry, rdn: string | undefined, modifications: readonly Modification[]): Values {
  const named =
    rdn === undefined ? [] : namingsOf(rdn).map(({ attribute, value }) => [attribute.toLowerCase(), [value]] as const);
  return new Map([...entry.attributes, ...valuesAfter(entry, modifications), ...named]);
}

/** Values by attribute, the new name's among them. */
const writes = ({ rdn, modifications }: Difference): readonly (readonly [string, readonly LdapValue[]])[] => [
  ...modifications.map(({ attribute, values }) => [attribute, values] as const),
  ...(rdn === undefined ? [] : namingsOf(rdn).map(({ attribute, value }) => [attribute, [value]] as const)),
];

/** @param before  the attributes of the resource. @throws invalidValue, uniqueness, forbidden; nothing is written then */
export async function planChange(
  writer: Writer,
  work: Work,
  entry: Entry,
  before: Attributes,
  changes: readonly Change[],
): Promise<EntryPlan> {
  const { tree, references } = writer;
  const { session, branch } = work;
  const { table, type } = branch;
  const plain = changes.filter((change) => !isOfMembers(change) && !isOfPassword(change));
  const wanted = applyChanges(before, plain);
  const [oldName, name] = [before[type.naturalKey], wanted[type.naturalKey]];
  if (name === undefined || name === '')
    throw new ScimError('invalidValue', `${type.naturalKey} is required`, { fault: 'value-missing' });
  const concerns = touchedBy(table, plain);
  const desired = [
    ...desiredValues(table, wanted, concerns, { before, generated: 'kept' }),
    ...(await desiredReferences(session, references, tree, branch, wanted, concerns)),
  ];
  const changed = difference(entry, desired, await renaming(writer, work, entry, before, wanted));
  refuseTooLong(tree, branch, writes(changed));
  if (name !== oldName) await refuseTaken(tree, work, String(name), entry);
  if (changed.rdn !== undefined) refuseProtectedDn(branch, `${changed.rdn},${parentOf(entry.dn)}`);
  const active = wanted['active'] !== false;
  const switched = wanted['active'] !== undefined && wanted['active'] !== before['active'];
  const password = passwordStep(tree, changes, active, before['active']);
  const switching = switched && !password.locks ? activationChanges(tree.activation, entry, active) : [];
  const modifications = [...switching, ...password.modifications, ...changed.modifications];
  requireInScope(branch, 'changed', valuesIn(branch, entryAfter(entry, changed.rdn, modifications)));
  return {
    ...changed,
    modifications,
    wanted,
    ...(password.apart === undefined ? {} : { password: password.apart }),
    ...(switched ? { active } : {}),
  };
}
