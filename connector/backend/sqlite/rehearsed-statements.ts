/** What changes people. The rest is the program's own: bounds of transactions, records on their way to the journal. */
const CHANGE = /^\s*(?:INSERT|UPDATE|DELETE)\b(?!\s+(?:INTO|FROM)\s+outbox\b)/i;
/** A PHC string. */
const HASH = /^\$argon2/;

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') return "x'…'";
  return HASH.test(value) ? "'(the hash of the password)'" : `'${value.replaceAll("'", "''")}'`;
}

/** One line, as it is typed: values in the place of `?` and `?1`, but not within texts. */
function typed(text: string, values: readonly unknown[]): string {
  let next = 0;
  const filled = text.replaceAll(/'(?:[^']|'')*'|\?(\d*)/g, (found, number?: string) => {
    if (number === undefined) return found;
    return literal(values[number === '' ? next++ : Number(number) - 1]);
  });
  // Blanks within values stay: they have been quoted by now.
  return `${filled.replaceAll(/'(?:[^']|'')*'|\s+/g, (found) => (found.startsWith("'") ? found : ' ')).trim()};`;
}

/** Statements that changed people, as somebody would type them; without those that were taken back. */
export class RehearsedStatements {
  #kept: string[] = [];
  /** How many there were when the operation began. */
  #begun = 0;

  readonly add = (text: string, values: readonly unknown[]): void => {
    if (text.startsWith('SAVEPOINT ')) this.#begun = this.#kept.length;
    else if (text.startsWith('ROLLBACK')) this.#kept.length = this.#begun;
    else if (CHANGE.test(text)) this.#kept.push(typed(text, values));
  };

  clear(): void {
    this.#kept = [];
  }

  get text(): string {
    return this.#kept.join('\n');
  }
}
