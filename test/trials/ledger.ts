/** What a client knows of what it wrote, so that it can be asked afterwards whether a store still has it. */

/** A mark in two attributes of a resource: where they differ, a write was half done. `undefined`: nobody is there. */
export type Mark = string | undefined;

/** One resource of one client, which sends a request at a time. */
export class Account {
  readonly name: string;
  id: string | undefined;
  /** Marks that the store may have: the acknowledged one alone, or besides it the one whose answer never came. */
  #possible: readonly Mark[] = [undefined];

  constructor(name: string) {
    this.name = name;
  }

  get possible(): readonly Mark[] {
    return this.#possible;
  }

  /** Known to be there. */
  get isThere(): boolean {
    return !this.#possible.includes(undefined);
  }

  /** A write begins: until it is acknowledged both are right. */
  begin(mark: Mark): void {
    this.#possible = [...this.#possible, mark];
  }

  acknowledge(mark: Mark): void {
    this.#possible = [mark];
  }

  /** Refused: what was there before is there. */
  refuse(): void {
    this.#possible = this.#possible.slice(0, -1);
  }

  /** @returns what is wrong about what the store shows */
  judge([first, second]: readonly [Mark, Mark]): string | undefined {
    if (first !== second) return `${this.name} is half written: ${first} and ${second}`;
    if (this.#possible.includes(first)) return undefined;
    const due = this.#possible.map((mark) => mark ?? 'gone').join(' or ');
    return `${this.name} has ${first ?? 'gone'}; acknowledged was ${due}`;
  }

  /** The same, when nobody writes any more: what is there now is what stays. */
  found(marks: readonly [Mark, Mark]): string | undefined {
    const wrong = this.judge(marks);
    this.#possible = [marks[0]];
    return wrong;
  }
}
