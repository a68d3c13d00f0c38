/** Words of statements that change something, or lock it. */
const WRITES =
  /\b(?:insert|update|delete|merge|truncate|create|alter|drop|lock|call|grant|for\s+(?:no\s+key\s+)?update|for\s+(?:key\s+)?share)\b/i;

/** Texts of a program are few; those put together from filters may be many. */
const MOST = 2000;

export interface Statement {
  readonly text: string;
  /** It may be asked again: nothing changes by it. Where a word of a change stands in it at all, it is not sure to be one. */
  readonly reads: boolean;
}

/** Program text says `scim.TABLE`, whatever the schema is called: a search path would be state of a session. */
export class Statements {
  readonly #prefix: string | undefined;
  readonly #known = new Map<string, Statement>();

  constructor(schema: string) {
    this.#prefix = schema === 'scim' ? undefined : `"${schema.replaceAll('"', '""')}".`;
  }

  of(text: string): Statement {
    const known = this.#known.get(text);
    if (known) return known;
    if (this.#known.size >= MOST) this.#known.clear();
    const prefix = this.#prefix;
    const statement = {
      text: prefix === undefined ? text : text.replaceAll(/\bscim\./g, () => prefix),
      reads: !WRITES.test(text),
    };
    this.#known.set(text, statement);
    return statement;
  }
}
