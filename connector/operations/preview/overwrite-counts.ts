import type { Example } from './examples.ts';
import type { AttributeOverwrites, OverwriteExample } from './match-preview.ts';
import type { Overwrite } from './overwrites.ts';

type Counts = Record<Overwrite['effect'], number>;

/** Counts by attribute what pushes would do, with the first values of each. */
export class OverwriteCounts {
  readonly #most: number;
  readonly #counts = new Map<string, Counts>();
  readonly #examples = new Map<string, OverwriteExample[]>();

  /** @param most  examples of one attribute */
  constructor(most: number) {
    this.#most = most;
  }

  /** A value that is replaced says more than one that comes. */
  example({ attribute, effect, before, after }: Overwrite, who: Example): void {
    const examples = this.#examples.get(attribute) ?? [];
    this.#examples.set(attribute, examples);
    const one = { ...who, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
    if (examples.length < this.#most) examples.push(one);
    else if (effect === 'overwritten') {
      const lesser = examples.findIndex((other) => other.before === undefined);
      if (lesser >= 0) examples[lesser] = one;
    }
  }

  /** @param effects  "overwritten title" */
  add(effects: readonly string[], count: number): void {
    for (const text of effects) {
      const at = text.indexOf(' ');
      const [effect, attribute] = [text.slice(0, at) as Overwrite['effect'], text.slice(at + 1)];
      const counts = this.#counts.get(attribute) ?? { overwritten: 0, filled: 0, removed: 0 };
      counts[effect] += count;
      this.#counts.set(attribute, counts);
    }
  }

  /** The most replaced first. */
  list(): readonly AttributeOverwrites[] {
    const all = [...this.#counts].map(([attribute, counts]) => ({
      attribute,
      ...counts,
      examples: this.#examples.get(attribute) ?? [],
    }));
    const lost = ({ overwritten, removed }: AttributeOverwrites): number => overwritten + removed;
    return all
      .filter((one) => lost(one) + one.filled > 0)
      .toSorted((a, b) => lost(b) - lost(a) || b.filled - a.filled || (a.attribute < b.attribute ? -1 : 1));
  }
}
