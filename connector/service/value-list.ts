import { type Element, stable } from '../scim/change.ts';

/** A list of plain values while it is worked on: each once, found without looking at all the others. */
export class ValueList {
  readonly #items = new Map<string, Element>();

  constructor(values: readonly Element[]) {
    this.add(values);
  }

  add(values: readonly Element[]): void {
    for (const value of values) {
      const key = stable(value);
      if (!this.#items.has(key)) this.#items.set(key, value);
    }
  }

  remove(values: readonly Element[]): void {
    for (const value of values) this.#items.delete(stable(value));
  }

  list(): readonly Element[] {
    return [...this.#items.values()];
  }
}
