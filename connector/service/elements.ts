import { sameValue } from '../scim/change.ts';
import { ScimError } from '../scim/error.ts';
import type { Complex, Value } from '../scim/resource.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import { findAttribute } from '../scim/schema/resource-type.ts';
import { fold } from '../scim/text.ts';

const covers = (stored: Complex, sent: Complex): boolean =>
  Object.entries(sent).every(([name, value]) => sameValue(stored[name] as Value, value as Value));

/** Searches through all elements before an index of them pays. */
const SEARCHES_WITHOUT_INDEX = 4;

/**
 * The values of one plural attribute while they are patched (SCIM 1.1 API §3.3.2). They are found by their `value`
 * without looking at all of them: a group may have tens of thousands of members, and a patch name as many.
 */
export class Elements {
  readonly #attribute: Attribute;
  /** Values compare as the schema says; ids exactly. */
  readonly #exact: boolean;
  /** In their order; a place stays the element's own when it is merged, and is empty when it is gone. */
  readonly #places: (Complex | undefined)[];
  /** Made when more are looked for than is worth looking through all. */
  #byValue: Map<string, Set<number>> | undefined;
  #searches = 0;

  constructor(attribute: Attribute, elements: readonly Complex[]) {
    this.#attribute = attribute;
    this.#exact = attribute.name === 'members' || findAttribute(attribute.subAttributes, 'value')?.caseExact === true;
    this.#places = [...elements];
  }

  list(): readonly Complex[] {
    return this.#places.filter((element) => element !== undefined);
  }

  /** @throws invalidValue when more than one could be meant; none is as good as removed */
  remove(sent: Complex): void {
    const [place, ...others] = this.#meantBy(sent);
    if (others.length > 0) {
      throw new ScimError(
        'invalidValue',
        `${this.#attribute.name}: the value to delete is not unique; send its other sub-attributes too`,
        { fault: 'value-of-wrong-kind' },
      );
    }
    if (place !== undefined) this.#remove(place);
  }

  /** Adds, or lays over the one with the same value. A new primary ends the old one. */
  merge(sent: Complex): void {
    const found = this.#counterpart(sent);
    const place = found ?? this.#add(sent);
    if (found !== undefined) this.#places[found] = { ...this.#places[found], ...sent };
    if (sent['primary'] !== true) return;
    this.#places.forEach((element, other) => {
      if (other !== place && element?.['primary'] === true) this.#places[other] = { ...element, primary: false };
    });
  }

  /** By `value` where that is unique, else by all that was sent. */
  #meantBy(sent: Complex): number[] {
    const { value, ...rest } = sent;
    if (value === undefined) return this.#matching((element) => covers(element, sent));
    const same = this.#withValueOf(sent);
    return same.length < 2 ? same : same.filter((place) => covers(this.#places[place] ?? {}, rest));
  }

  /** Without `value` only an identical one; of several with one value the one of that type. */
  #counterpart(sent: Complex): number | undefined {
    if (sent['value'] === undefined) {
      return this.#matching((element) => covers(element, sent) && covers(sent, element))[0];
    }
    const same = this.#withValueOf(sent);
    if (same.length < 2 || sent['type'] === undefined) return same[0];
    return same.find((place) => this.#places[place]?.['type'] === sent['type']);
  }

  #matching(accepts: (element: Complex) => boolean): number[] {
    const found: number[] = [];
    this.#places.forEach((element, place) => {
      if (element && accepts(element)) found.push(place);
    });
    return found;
  }

  #withValueOf(sent: Complex): number[] {
    this.#searches += 1;
    if (this.#searches > SEARCHES_WITHOUT_INDEX) this.#byValue ??= this.#indexed();
    const key = this.#key(sent);
    if (this.#byValue) return [...(this.#byValue.get(key) ?? [])];
    return this.#matching((element) => this.#key(element) === key);
  }

  #indexed(): Map<string, Set<number>> {
    const index = new Map<string, Set<number>>();
    this.#places.forEach((element, place) => {
      if (element) enter(index, this.#key(element), place);
    });
    return index;
  }

  /** Text begins with a quote, and nothing else does. */
  #key({ value }: Complex): string {
    if (typeof value !== 'string') return JSON.stringify(value) ?? '';
    return `"${this.#exact ? value : fold(value)}`;
  }

  #add(element: Complex): number {
    const place = this.#places.push(element) - 1;
    if (this.#byValue) enter(this.#byValue, this.#key(element), place);
    return place;
  }

  #remove(place: number): void {
    const element = this.#places[place];
    this.#places[place] = undefined;
    if (element) this.#byValue?.get(this.#key(element))?.delete(place);
  }
}

function enter(index: Map<string, Set<number>>, key: string, place: number): void {
  const same = index.get(key);
  if (same) same.add(place);
  else index.set(key, new Set([place]));
}
