import { fold } from '../../../scim/text.ts';
import { formatRdn, type Naming, namingsOf } from '../directory/dn.ts';
import type { Entry, Modification } from '../directory/session.ts';
import type { Desired } from './desired-values.ts';
import { alike, type LdapValue } from './row-values.ts';
import { shownValue } from './shown-value.ts';

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

function modificationsFor({ ldap, key, values, own, ordered }: Desired, entry: Entry): Modification[] {
  const present = entry.attributes.get(key) ?? [];
  const before = own(entry);
  if (same(before, values, ordered)) return [];
  // The others are not SCIM's: an alias, a second common name. Behind ours, for the first one is what is shown.
  const others = present.filter((value) => !before.includes(value) && !values.some((one) => alike(one, value)));
  return [{ operation: 'replace', attribute: ldap, values: [...values, ...others] }];
}

/** What the RDN template said before the change, and says now. */
export interface RdnChange {
  readonly attribute: string;
  readonly was: string | undefined;
  readonly is: string;
}

/** The new value of a part of the name, where the attribute that names the entry changes. */
function namedBy({ attribute, value }: Naming, desired: readonly Desired[], entry: Entry): string {
  const key = attribute.toLowerCase();
  const [first] = desired.find((wanted) => wanted.key === key)?.values ?? [];
  const shown = shownValue(entry.attributes.get(key) ?? [], [{ attribute, value }]);
  return typeof first === 'string' && bytes(first) !== bytes(shown ?? '') ? first : value;
}

/** The same for a name that only the template made: one that others gave stays. */
function namedByTemplate({ attribute, value }: Naming, change: RdnChange | undefined): string {
  const ours = change?.was !== undefined && fold(change.was) === fold(value);
  return change && ours && change.attribute.toLowerCase() === attribute.toLowerCase() ? change.is : value;
}

/** @param rdnChange  where the RDN template says something else than before the change */
export function difference(entry: Entry, desired: readonly Desired[], rdnChange: RdnChange | undefined): Difference {
  const namings = namingsOf(entry.dn);
  const names = (key: string): boolean => namings.some(({ attribute }) => attribute.toLowerCase() === key);
  const next = namings.map((naming) => {
    const mapped = desired.some(({ key }) => key === naming.attribute.toLowerCase());
    return {
      attribute: naming.attribute,
      value: mapped ? namedBy(naming, desired, entry) : namedByTemplate(naming, rdnChange),
    };
  });
  const renamed = next.some(({ value }, i) => value !== namings[i]?.value);
  // Attributes that name the entry change by modifyDN alone (notAllowedOnRDN otherwise).
  const modifications = desired.filter(({ key }) => !names(key)).flatMap((wanted) => modificationsFor(wanted, entry));
  return { ...(renamed ? { rdn: formatRdn(...next) } : {}), modifications };
}
