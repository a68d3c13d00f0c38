import {
  AndFilter,
  EqualityFilter,
  ExtensibleFilter,
  type Filter,
  NotFilter,
  OrFilter,
  PresenceFilter,
  SubstringFilter,
} from 'ldapts';
import { ScimError } from '../../../scim/error.ts';
import { fold } from '../../../scim/text.ts';
import { BIT_AND } from '../directory/oid.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import type { LdapValue } from '../mapping/row-values.ts';
import type { Branch } from './branch.ts';
import type { Schema } from './schema.ts';

/** The values an entry shall have of an attribute; `undefined` where that is not known to us. */
export type ValuesOf = (attribute: string) => readonly LdapValue[] | undefined;

const text = (value: LdapValue): string => fold(value.toString()).trim().replace(/ +/g, ' ');

const inOrder = ({ initial, any, final }: SubstringFilter, value: LdapValue): boolean => {
  let rest = text(value);
  for (const part of [initial && text(initial), ...any.map(text)]) {
    if (!part) continue;
    const at = rest.indexOf(part);
    if (at < 0 || (part === (initial && text(initial)) && at > 0)) return false;
    rest = rest.slice(at + part.length);
  }
  return !final || rest.endsWith(text(final));
};

/** Some: as soon as one holds. Unknown: as long as one might. */
const some = (results: readonly (boolean | undefined)[]): boolean | undefined =>
  results.includes(true) ? true : results.includes(undefined) ? undefined : false;

const negated = (result: boolean | undefined): boolean | undefined => (result === undefined ? undefined : !result);

/** Whether an entry passes a filter (RFC 4511 §4.5.1.7, three values); `undefined` where only the directory can tell. */
export function passes(filter: Filter, valuesOf: ValuesOf): boolean | undefined {
  if (filter instanceof AndFilter) return negated(some(filter.filters.map((part) => negated(passes(part, valuesOf)))));
  if (filter instanceof OrFilter) return some(filter.filters.map((part) => passes(part, valuesOf)));
  if (filter instanceof NotFilter) return negated(passes(filter.filter, valuesOf));
  if (filter instanceof PresenceFilter) {
    const values = valuesOf(filter.attribute);
    return values && values.length > 0;
  }
  if (filter instanceof EqualityFilter) {
    const { value } = filter;
    return valuesOf(filter.attribute)?.some((one) => text(one) === text(value));
  }
  if (filter instanceof ExtensibleFilter && filter.rule === BIT_AND) {
    const bits = Number(filter.value);
    return valuesOf(filter.matchType)?.some((one) => (Number(one) & bits) === bits);
  }
  if (filter instanceof SubstringFilter) return valuesOf(filter.attribute)?.some((one) => inOrder(filter, one));
  return undefined;
}

/** Not even where the schema lets clients write it. */
const NOT_OURS = /^(objectclass|objectcategory|memberof)$/i;

/** What the filter of a branch demands of every entry, such as employeeType=staff, and what can be written so. */
export function fixedValues(filter: Filter, schema: Schema): ReadonlyMap<string, string> {
  const parts = filter instanceof AndFilter ? filter.filters : [filter];
  const fixed = new Map<string, string>();
  for (const part of parts) {
    if (!(part instanceof EqualityFilter) || typeof part.value !== 'string') continue;
    const { attribute, value } = part;
    if (!NOT_OURS.test(attribute) && !schema.get(attribute.toLowerCase())?.serverMade) fixed.set(attribute, value);
  }
  return fixed;
}

/**
 * The values of a whole entry as far as we write it: what the mapping knows is there or not, anything else the server
 * may add. Classes are told by their presence alone: a server adds those above them.
 */
export const valuesIn =
  ({ table }: Branch, entry: ReadonlyMap<string, readonly LdapValue[]>): ValuesOf =>
  (attribute) => {
    const key = keyOf(attribute);
    const values = entry.get(key);
    if (key === 'objectclass') return undefined;
    return values ?? (table.rows.some((row) => row.key === key) ? [] : undefined);
  };

/** What would lie outside of what the connector looks at: nobody could find it again. */
export const outOfScope = ({ type, section, objects }: Branch, what: 'new' | 'changed'): ScimError =>
  new ScimError(
    'invalidValue',
    `the ${what} ${type.name} would not match ${section}.filter, ${objects}, so that nobody would find it again: ` +
      'send what the filter asks for, or change the filter',
    { fault: 'entry-outside-filter' },
  );

/** @throws invalidValue naming the filter, when the entry cannot pass it */
export function requireInScope(branch: Branch, what: 'new' | 'changed', valuesOf: ValuesOf): void {
  if (passes(branch.objects, valuesOf) === false) throw outOfScope(branch, what);
}
