import { type Element, stable } from '../scim/change.ts';
import type { Complex } from '../scim/resource.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import { findAttribute } from '../scim/schema/resource-type.ts';
import { fold } from '../scim/text.ts';

/** What an element is one of: its `type`. Elements without one are one kind. */
const kindOf = ({ type }: Complex): string => (typeof type === 'string' ? fold(type) : '');

const isPrimary = ({ primary }: Complex): boolean => primary === true;

/** What people take for the one that is meant where no type is named: the primary one, else the first. */
const first = (elements: readonly Complex[]): Complex | undefined => elements.find(isPrimary) ?? elements[0];

/** Okta's word for the kind that another client may have called otherwise and marked as primary. */
const PRIMARY = 'primary';

/** The kinds that a client speaks of, in the words of what is stored. */
function kindsNamed(stored: readonly Complex[], sent: readonly Complex[]): ReadonlySet<string> {
  const kinds = new Set(sent.map(kindOf));
  const isStored = (kind: string): boolean => stored.some((element) => kindOf(element) === kind);
  const primary = kinds.has(PRIMARY) && !isStored(PRIMARY) ? stored.find(isPrimary) : undefined;
  const meant = kinds.has('') && !isStored('') ? first(stored) : undefined;
  for (const element of [primary, meant]) if (element) kinds.add(kindOf(element));
  return kinds;
}

/**
 * A list that a client sent, laid over the one that is stored: it replaces the kinds (types) it names, and what it does
 * not speak of stays. Okta's agent knows three kinds; desk, home and fax numbers are kept by others. Where elements have
 * no `value`, as addresses have none, the parts that the client left out stay too.
 */
export function mergeList(
  attribute: Attribute,
  stored: readonly Complex[],
  sent: readonly Complex[],
): readonly Complex[] {
  const kinds = kindsNamed(stored, sent);
  const values = new Set(sent.map(({ value }) => value).filter((value) => value !== undefined));
  const isReplaced = (element: Complex): boolean =>
    kinds.has(kindOf(element)) || (element['value'] !== undefined && values.has(element['value']));
  const whole = findAttribute(attribute.subAttributes, 'value') !== undefined;
  const left = [...sent];
  const result: Complex[] = [];
  for (const element of stored) {
    if (!isReplaced(element)) {
      // There is one primary value, and it is the one that was sent.
      result.push(isPrimary(element) && sent.some(isPrimary) ? { ...element, primary: false } : element);
      continue;
    }
    // In the place of what it replaces: to some stores the order means something.
    const place = left.findIndex((other) => isSuccessor(element, other));
    const [successor] = place < 0 ? [] : left.splice(place, 1);
    if (successor) result.push(whole ? successor : { ...element, ...successor });
  }
  return [...result, ...left];
}

const isSuccessor = (stored: Complex, sent: Complex): boolean =>
  kindOf(sent) === kindOf(stored) || kindOf(sent) === '' || (isPrimary(sent) && isPrimary(stored));

/** Adds what is not there yet to a list such as a custom attribute's. */
export function union(stored: readonly Element[], sent: readonly Element[]): readonly Element[] {
  const all = new Map(stored.map((item) => [stable(item), item]));
  for (const item of sent) if (!all.has(stable(item))) all.set(stable(item), item);
  return [...all.values()];
}
