import { isPassword } from '../directory/operation.ts';
import type { Entry, Modification } from '../directory/session.ts';
import type { Schema } from '../layout/schema.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import { alike } from '../mapping/row-values.ts';
import { valuesAfter } from './put-back.ts';

/** objectClass has an equality rule everywhere (RFC 4512 §3.3): a schema that does not say so tells no rules at all. */
function comparable(schema: Schema, key: string): boolean {
  const rules = schema.get(key);
  return rules === undefined || rules.equality !== undefined || schema.get('objectclass')?.equality === undefined;
}

/**
 * The same change as values that go and values that come, which a server refuses when one that has to go is not there any
 * more. A password, which nobody reads, and what the server cannot compare are replaced as they were.
 * @param read  lower-case names of the attributes that `entry` was read with
 */
export function byValue(
  schema: Schema,
  entry: Entry,
  read: ReadonlySet<string>,
  modifications: readonly Modification[],
): readonly Modification[] {
  return modifications.flatMap((modification): Modification[] => {
    const { operation, attribute, values } = modification;
    const key = keyOf(attribute);
    const isKnown = read.has(key) && !isPassword(attribute) && comparable(schema, key);
    if (operation !== 'replace' || !isKnown) return [modification];
    const before = entry.attributes.get(key) ?? [];
    return [
      ...(before.length === 0 ? [] : [{ operation: 'delete' as const, attribute, values: before }]),
      ...(values.length === 0 ? [] : [{ operation: 'add' as const, attribute, values }]),
    ];
  });
}

/**
 * Undoes a change by value where somebody else added a value to the same attribute: the server has kept both.
 * @returns nothing where nobody did
 */
export function undone(entry: Entry, modifications: readonly Modification[], now: Entry): readonly Modification[] {
  const wanted = valuesAfter(entry, modifications);
  const foreign = modifications.some(({ operation, attribute }) => {
    if (operation !== 'add') return false;
    const [due = [], found = []] = [wanted.get(keyOf(attribute)), now.attributes.get(keyOf(attribute))];
    return found.length > due.length && found.some((value) => !due.some((one) => alike(one, value)));
  });
  if (!foreign) return [];
  return modifications
    .filter(({ operation }) => operation !== 'replace')
    .toReversed()
    .map((modification) => ({ ...modification, operation: modification.operation === 'add' ? 'delete' : 'add' }));
}
