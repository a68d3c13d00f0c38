import { hash } from 'node:crypto';

/** Of the places, how many may be taken. */
const LOAD = 0.6;
const FIRST = 1024;
/** Bits of the hash that are kept. Two of a million texts have one fingerprint once in 9,000 runs. */
const HEX_DIGITS = 13;

/**
 * A set of texts that keeps no text: 52 bits of a hash for each, 13 to 27 bytes a text whatever its length. It may take
 * a text for another one, so whoever finds something looks before he tells.
 */
export class Fingerprints {
  #places = new Float64Array(FIRST);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @returns false when it was there already */
  add(text: string): boolean {
    if (this.#size >= this.#places.length * LOAD) this.#grow();
    return this.#put(fingerprint(text));
  }

  has(text: string): boolean {
    const print = fingerprint(text);
    return this.#places[this.#placeOf(print)] === print;
  }

  #put(print: number): boolean {
    const place = this.#placeOf(print);
    if (this.#places[place] === print) return false;
    this.#places[place] = print;
    this.#size += 1;
    return true;
  }

  /** Where it is, or the free place where it would be. */
  #placeOf(print: number): number {
    const { length } = this.#places;
    let place = print % length;
    while (this.#places[place] !== 0 && this.#places[place] !== print) place = (place + 1) % length;
    return place;
  }

  #grow(): void {
    const before = this.#places;
    this.#places = new Float64Array(before.length * 2);
    this.#size = 0;
    for (const print of before) if (print !== 0) this.#put(print);
  }
}

/** Never 0, which is a free place. */
const fingerprint = (text: string): number => Number.parseInt(hash('sha1', text, 'hex').slice(0, HEX_DIGITS), 16) || 1;
