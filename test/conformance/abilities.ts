/** What the definition can do, and some kinds of store cannot. */
export type Ability =
  /** A resource shows what it was given, and nothing that nobody gave it. */
  | 'verbatim'
  /** Every attribute of the schema has a place. */
  | 'every attribute'
  /** Attributes that nobody declared have a place, in an open extension. */
  | 'undeclared'
  /** `type` and `primary` of plural values are those that a client gave. */
  | 'labels'
  /** Times are kept to the millisecond, and no two modifications are made at one time. */
  | 'milliseconds'
  /** A reference to a resource that is gone keeps its id. */
  | 'dangling references'
  /** Lists come in the order of an attribute. */
  | 'sort'
  /** `lastModified` of a member moves with its membership. */
  | 'stamped members';

/** The abilities that a kind of store is without, and why. */
export type Lacks = Readonly<Partial<Record<Ability, string>>>;

/** What the tests of one store need. */
export class Needs {
  readonly #lacks: Lacks;
  readonly #asked = new Set<Ability>();

  constructor(lacks: Lacks) {
    this.#lacks = lacks;
  }

  /** Why the store is without `ability`; `undefined` where it has it. */
  reason(ability: Ability): string | undefined {
    this.#asked.add(ability);
    return this.#lacks[ability];
  }

  /** `it` of a store with `ability`. Elsewhere the test is pending, and says why. */
  it(ability: Ability, title: string, test: () => Promise<void>): void {
    const reason = this.reason(ability);
    if (reason === undefined) it(title, test);
    else it(`${title} (${reason})`);
  }

  /** Lacks that no test has asked for. */
  idle(): readonly string[] {
    return Object.keys(this.#lacks).filter((ability) => !this.#asked.has(ability as Ability));
  }
}
