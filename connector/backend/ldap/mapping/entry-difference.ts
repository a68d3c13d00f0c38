import { formatRdn, namingOf } from '../directory/dn.ts';
import type { Entry, Modification } from '../directory/session.ts';
import type { Desired, LdapValue } from './desired-values.ts';

/** What turns an entry into what is wanted: a new name perhaps, then one modify. */
export interface Difference {
  readonly rdn?: string;
  readonly modifications: readonly Modification[];
}

const bytes = (value: LdapValue): string => (typeof value === 'string' ? value : `\0${value.toString('latin1')}`);

function same(a: readonly LdapValue[], b: readonly LdapValue[], ordered: boolean): boolean {
  const [left, right] = [a.map(bytes), b.map(bytes)];
  if (!ordered) {
    left.sort();
    right.sort();
  }
  return left.length === right.length && left.every((value, i) => value === right[i]);
}

function modificationsFor({ ldap, key, values, firstOnly, ordered }: Desired, entry: Entry): Modification[] {
  const current = entry.attributes.get(key) ?? [];
  const [before] = current;
  if (!firstOnly || current.length <= 1) {
    return same(current, values, ordered) ? [] : [{ operation: 'replace', attribute: ldap, values }];
  }
  // The other values are not SCIM's: an alias, a second common name.
  const [after] = values;
  if (before === undefined || (after !== undefined && bytes(after) === bytes(before))) return [];
  const there = after !== undefined && current.some((value) => bytes(value) === bytes(after));
  return [
    { operation: 'delete', attribute: ldap, values: [before] },
    ...(after === undefined || there ? [] : [{ operation: 'add' as const, attribute: ldap, values: [after] }]),
  ];
}

/**
 * @param rdnValue  what the RDN template says now, where it says something else than before the change
 */
export function difference(
  entry: Entry,
  desired: readonly Desired[],
  rdnValue: { attribute: string; value: string } | undefined,
): Difference {
  const naming = namingOf(entry.dn);
  const namingKey = naming?.attribute.toLowerCase();
  const modifications: Modification[] = [];
  let rdn: string | undefined;
  for (const wanted of desired) {
    if (!naming || wanted.key !== namingKey) {
      modifications.push(...modificationsFor(wanted, entry));
      continue;
    }
    // The naming attribute changes by modifyDN alone (notAllowedOnRDN otherwise).
    const [first] = wanted.values;
    const changed = typeof first === 'string' && bytes(first) !== bytes(entry.attributes.get(wanted.key)?.[0] ?? '');
    if (changed && first !== naming.value) rdn = formatRdn({ attribute: naming.attribute, value: first });
  }
  const byTemplate =
    rdnValue && rdnValue.attribute.toLowerCase() === namingKey && !desired.some(({ key }) => key === namingKey);
  if (byTemplate && naming && rdnValue.value !== naming.value)
    rdn = formatRdn({ attribute: naming.attribute, value: rdnValue.value });
  return { ...(rdn === undefined ? {} : { rdn }), modifications };
}
