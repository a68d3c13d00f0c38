import { sameValue } from '../scim/change.ts';
import { ScimError } from '../scim/error.ts';
import { fold } from '../scim/filter/matches.ts';
import type { Complex, Value } from '../scim/resource.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import { findAttribute } from '../scim/schema/resource-type.ts';

const covers = (stored: Complex, sent: Complex): boolean =>
  Object.entries(sent).every(([name, value]) => sameValue(stored[name] as Value, value as Value));

/**
 * The values of one plural attribute while they are patched (SCIM 1.1 API §3.3.2). They are found by their `value`
 * without looking at all of them: a group may have tens of thousands of members, and a patch name as many.
 */
export class Elements {
  readonly #attribute: Attribute;
  /** Values compare as the schema says; ids exactly. */
  readonly #exact: boolean;
  /** In their order; a place stays the element's own when it is merged. */
  readonly #places = new Map<number, Complex>();
  readonly #byValue = new Map<string, Set<number>>();
  #next = 0;

  constructor(attribute: Attribute, elements: readonly Complex[]) {
    this.#attribute = attribute;
    this.#exact = attribute.name === 'members' || findAttribute(attribute.subAttributes, 'value')?.caseExact === true;
    for (const element of elements) this.#add(element);
  }

  list(): readonly Complex[] {
    return [...this.#places.values()];
  }

  /** @throws invalidValue when more than one could be meant; none is as good as removed */
  remove(sent: Complex): void {
    const [place, ...others] = this.#meantBy(sent);
    if (others.length > 0) {
      throw new ScimError(
        'invalidValue',
        `${this.#attribute.name}: the value to delete is not unique; send its other sub-attributes too`,
      );
    }
    if (place !== undefined) this.#remove(place);
  }

  /** Adds, or lays over the one with the same value. A new primary ends the old one. */
  merge(sent: Complex): void {
    const found = this.#counterpart(sent);
    const place = found ?? this.#add(sent);
    if (found !== undefined) this.#places.set(found, { ...this.#places.get(found), ...sent });
    if (sent['primary'] !== true) return;
    for (const [other, element] of this.#places) {
      if (other !== place && element['primary'] === true) this.#places.set(other, { ...element, primary: false });
    }
  }

  /** By `value` where that is unique, else by all that was sent. */
  #meantBy(sent: Complex): number[] {
    const { value, ...rest } = sent;
    if (value === undefined) return this.#matching((element) => covers(element, sent));
    const same = [...(this.#byValue.get(this.#key(sent)) ?? [])];
    return same.length < 2 ? same : same.filter((place) => covers(this.#places.get(place) ?? {}, rest));
  }

  /** Without `value` only an identical one; of several with one value the one of that type. */
  #counterpart(sent: Complex): number | undefined {
    if (sent['value'] === undefined) {
      return this.#matching((element) => covers(element, sent) && covers(sent, element))[0];
    }
    const same = [...(this.#byValue.get(this.#key(sent)) ?? [])];
    if (same.length < 2 || sent['type'] === undefined) return same[0];
    return same.find((place) => this.#places.get(place)?.['type'] === sent['type']);
  }

  #matching(accepts: (element: Complex) => boolean): number[] {
    return [...this.#places].filter(([, element]) => accepts(element)).map(([place]) => place);
  }

  #key({ value }: Complex): string {
    return JSON.stringify(typeof value === 'string' && !this.#exact ? fold(value) : value) ?? '';
  }

  #add(element: Complex): number {
    const place = this.#next;
    this.#next += 1;
    this.#places.set(place, element);
    const key = this.#key(element);
    const same = this.#byValue.get(key);
    if (same) same.add(place);
    else this.#byValue.set(key, new Set([place]));
    return place;
  }

  #remove(place: number): void {
    const element = this.#places.get(place);
    this.#places.delete(place);
    if (element) this.#byValue.get(this.#key(element))?.delete(place);
  }
}
