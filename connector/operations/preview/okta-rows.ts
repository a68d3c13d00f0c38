/** What has become of a row so far. */
type State = 'new' | 'linked' | 'ambiguous' | 'refused';

/** A row that somebody may be found by. */
export interface OktaRow {
  readonly line: number;
  readonly name: string;
  readonly cells: readonly string[];
}

const STATES: readonly State[] = ['new', 'linked', 'ambiguous', 'refused'];

/**
 * The rows of an export, by what they are matched by. Each is kept as one text: some 300 bytes a person. What a push
 * would do to each is one number: most people are changed in the same few attributes.
 */
export class OktaRows {
  readonly #texts: string[] = [];
  readonly #states: number[] = [];
  readonly #effects: number[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #combinations = new Map<string, number>();

  get size(): number {
    return this.#texts.length;
  }

  /** Two rows that are matched by one value are ambiguous. */
  add(row: OktaRow, keys: readonly string[]): void {
    const index = this.#texts.push(JSON.stringify([row.line, row.name, row.cells])) - 1;
    this.#states.push(0);
    for (const key of keys) {
      const other = this.#byKey.get(key);
      if (other === undefined) this.#byKey.set(key, index);
      else if (other !== index) {
        this.set(other, 'ambiguous');
        this.set(index, 'ambiguous');
      }
    }
  }

  /** The rows that are matched by one of these values, each once. */
  find(keys: readonly string[]): readonly number[] {
    const found = keys.map((key) => this.#byKey.get(key)).filter((index) => index !== undefined);
    return found.length < 2 ? found : [...new Set(found)];
  }

  row(index: number): OktaRow {
    const [line, name, cells] = JSON.parse(this.#texts[index] ?? '[]') as [number, string, string[]];
    return { line, name, cells };
  }

  state(index: number): State {
    return STATES[this.#states[index] ?? 0] as State;
  }

  set(index: number, state: State): void {
    this.#states[index] = STATES.indexOf(state);
  }

  /** Links a row with somebody, with what a push would do. @param effects  by attribute, in a fixed order */
  link(index: number, effects: readonly string[]): void {
    const text = effects.join('\0');
    const known = this.#combinations.get(text);
    const number = known ?? this.#combinations.size;
    if (known === undefined) this.#combinations.set(text, number);
    this.#effects[index] = number;
    this.set(index, 'linked');
  }

  /** How many rows in that state have each combination of effects. */
  *effects(): Generator<readonly [effects: readonly string[], rows: number]> {
    const counts = new Map<number, number>();
    for (let index = 0; index < this.size; index += 1) {
      const number = this.#effects[index];
      if (number === undefined || this.state(index) !== 'linked') continue;
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    for (const [text, number] of this.#combinations)
      yield [text === '' ? [] : text.split('\0'), counts.get(number) ?? 0];
  }
}
