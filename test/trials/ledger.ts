/** What a client knows of what it wrote, so that it can be asked afterwards whether a store still has it. */

/** A mark in two attributes of a resource: where they differ, a write was half done. `undefined`: nobody is there. */
export type Mark = string | undefined;

interface Event {
  /** Unit: ms since 1970. */
  readonly at: number;
  readonly kind: 'begun' | 'acknowledged' | 'refused';
  readonly mark: Mark;
}

const short = (mark: Mark): string => mark?.slice(0, 12) ?? 'gone';

const now = (): number => performance.timeOrigin + performance.now();

/** One resource of one client, which sends a request at a time. */
export class Account {
  readonly name: string;
  id: string | undefined;
  /** Marks that the store may have: the acknowledged one alone, or besides it the one whose answer never came. */
  #possible: readonly Mark[] = [undefined];
  readonly #history: Event[] = [];

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
    this.#note({ at: now(), kind: 'begun', mark });
  }

  acknowledge(mark: Mark): void {
    this.#note({ at: now(), kind: 'acknowledged', mark });
  }

  /** Refused: what was there before is there. */
  refuse(): void {
    this.#note({ at: now(), kind: 'refused', mark: undefined });
  }

  #note(event: Event): void {
    this.#history.push(event);
    if (event.kind === 'begun') this.#possible = [...this.#possible, event.mark];
    else this.#possible = event.kind === 'acknowledged' ? [event.mark] : this.#possible.slice(0, -1);
  }

  /** What the client knew at a moment. @param at  Unit: ms since 1970 */
  asOf(at: number): Account {
    const then = new Account(this.name);
    for (const event of this.#history) if (event.at <= at) then.#note(event);
    return then;
  }

  /** @returns what is wrong about what the store shows */
  judge([first, second]: readonly [Mark, Mark]): string | undefined {
    if (first !== second) return `${this.name} is half written: ${short(first)} and ${short(second)}`;
    if (this.#possible.includes(first)) return undefined;
    return `${this.name} has ${short(first)}; acknowledged was ${this.#possible.map(short).join(' or ')}`;
  }

  /** The same, when nobody writes any more: what is there now is what stays. */
  found(marks: readonly [Mark, Mark]): string | undefined {
    const wrong = this.judge(marks);
    this.#possible = [marks[0]];
    return wrong;
  }
}
