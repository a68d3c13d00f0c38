/** What a row has to reach. */
export type Goal = { readonly atMost: number } | { readonly atLeast: number };

export interface Figure {
  /** Held against the goal. */
  readonly value: number;
  readonly unit?: string;
  /** The floors it is measured beside, and whatever explains it. */
  readonly beside?: string;
}

const isMet = (goal: Goal, value: number): boolean => ('atMost' in goal ? value <= goal.atMost : value >= goal.atLeast);

const inWords = (goal: Goal): string => ('atMost' in goal ? `<= ${goal.atMost}` : `>= ${goal.atLeast}`);

/** Three digits that count. */
export const shortly = (n: number): string => (n >= 100 ? n.toFixed(0) : n.toPrecision(3));

/** Prints a row as soon as it is known, with its goal and verdict. */
export class Report {
  readonly #only: readonly string[];
  readonly #print: (line: string) => void;
  readonly #seen = new Set<string>();
  #missed = 0;
  #skipped = 0;

  /** @param only  names of parts (`pages`) or rows (`pages.import`); empty: all */
  constructor(only: readonly string[], print: (line: string) => void) {
    this.#only = only;
    this.#print = print;
  }

  /** Whether a row, or any row of a part, was asked for. */
  wants(name: string): boolean {
    const isAsked = (asked: string): boolean =>
      asked === name || name.startsWith(`${asked}.`) || asked.startsWith(`${name}.`);
    return this.#only.length === 0 || this.#only.some(isAsked);
  }

  /** @param measure  not called unless the row was asked for */
  async row(name: string, what: string, goal: Goal, measure: () => Figure | Promise<Figure>): Promise<void> {
    if (!this.wants(name)) return;
    this.#seen.add(name);
    const { value, unit = '', beside = '' } = await measure();
    const met = isMet(goal, value);
    if (!met) this.#missed += 1;
    const figure = `${shortly(value)}${unit && ` ${unit}`}`;
    this.#print(
      [
        met ? 'met   ' : 'MISSED',
        name.padEnd(22),
        what.padEnd(52),
        figure.padStart(10),
        inWords(goal).padEnd(10),
        beside,
      ].join('  '),
    );
  }

  skip(name: string, why: string): void {
    if (!this.wants(name)) return;
    this.#seen.add(name);
    this.#skipped += 1;
    this.#print(`skipped  ${name}: ${why}`);
  }

  note(text: string): void {
    this.#print(text);
  }

  /** Names that were asked for and that no row has. */
  get unknown(): readonly string[] {
    const all = [...this.#seen];
    return this.#only.filter((asked) => !all.some((name) => name === asked || name.startsWith(`${asked}.`)));
  }

  get missed(): number {
    return this.#missed;
  }

  get summary(): string {
    const rows = this.#seen.size - this.#skipped;
    return `${rows - this.#missed} of ${rows} goals met, ${this.#skipped} skipped`;
  }
}
