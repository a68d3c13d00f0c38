import { raw, type Sql, sql } from '../../sql/sql.ts';

/** The id in a row of `resource`, in comparable form; ids are ASCII. The column itself ignores case. */
export const idIn = (row: string, caseExact: boolean): Sql =>
  raw(caseExact ? `${row}.id COLLATE BINARY` : `lower(${row}.id)`);

/** Whether it is `id`: by the index, whatever its case, and letter by letter where that counts. */
export function hasId(row: string, caseExact: boolean, id: string): Sql {
  const inAnyCase = sql`${raw(row)}.id = ${id}`;
  return caseExact ? sql`(${inAnyCase} AND ${raw(row)}.id = ${id} COLLATE BINARY)` : inAnyCase;
}
