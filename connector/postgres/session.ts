import type { Client } from 'pg';

/** Who waits for what is asked. */
export interface Caller {
  readonly signal: AbortSignal;
}

/** Statements within one transaction. Given one after the other without waiting they travel together, in that order. */
export interface Session {
  /** Rows as arrays; `int8` as numbers, `json` as text. */
  rows<T extends readonly unknown[]>(text: string, ...params: readonly unknown[]): Promise<T[]>;
  /** @returns how many rows were changed */
  run(text: string, ...params: readonly unknown[]): Promise<number>;
}

/** `json` and `jsonb`, which whoever reads them parses; `int8`, of which ours are all below 2^53. */
const INT8 = 20;
const AS_TEXT: ReadonlySet<number> = new Set([114, 3802]);

type Parser = (text: string) => unknown;

/** @param fallback  of pg itself */
export const parsersOver = (fallback: (oid: number, format: 'text' | 'binary') => unknown) => ({
  getTypeParser: (oid: number, format: 'text' | 'binary' = 'text'): Parser => {
    if (oid === INT8) return Number;
    return AS_TEXT.has(oid) ? (text) => text : (fallback(oid, format) as Parser);
  },
});

/** Program text says `scim.TABLE`, whatever the schema is called: a search path would be state of a session. */
export const inSchema = (schema: string, text: string): string =>
  schema === 'scim' ? text : text.replaceAll(/\bscim\./g, `"${schema.replaceAll('"', '""')}".`);

/** One connection, for as long as it is ours. */
export class ClientSession implements Session {
  readonly #client: Pick<Client, 'query'>;
  readonly #schema: string;

  constructor(client: Pick<Client, 'query'>, schema: string) {
    this.#client = client;
    this.#schema = schema;
  }

  async rows<T extends readonly unknown[]>(text: string, ...params: readonly unknown[]): Promise<T[]> {
    const values = [...params];
    const { rows } = await this.#client.query({ text: inSchema(this.#schema, text), values, rowMode: 'array' });
    return rows as unknown as T[];
  }

  async run(text: string, ...params: readonly unknown[]): Promise<number> {
    return (await this.#client.query(inSchema(this.#schema, text), [...params])).rowCount ?? 0;
  }
}
