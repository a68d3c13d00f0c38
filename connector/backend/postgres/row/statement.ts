import type { Sql } from '../../sql/sql.ts';

/** Whoever asks the database: in a statement of its own, or within a transaction. */
export interface Reader {
  rows<T extends readonly unknown[]>(text: string, ...params: readonly unknown[]): Promise<T[]>;
}

/** A statement says in two bytes how many it has (PostgreSQL, 55.7, Bind). */
const MOST_PARAMETERS = 65_535;

/** It was not asked. */
export class TooManyParameters extends Error {}

/** The placeholders of PostgreSQL. No program text has a question mark of its own. */
const numbered = (text: string): string => {
  let number = 0;
  return text.replaceAll('?', () => `$${++number}`);
};

/** @throws TooManyParameters */
export async function ask<T extends readonly unknown[]>(reader: Reader, { text, params }: Sql): Promise<T[]> {
  if (params.length > MOST_PARAMETERS) throw new TooManyParameters(`${params.length} parameters`);
  return reader.rows<T>(numbered(text), ...params);
}
