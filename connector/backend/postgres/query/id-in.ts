import { fold } from '../../../scim/text.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { comparison } from './comparison.ts';

/** The id in a row of `resource`, in comparable form; ids are ASCII. */
export const idIn = (row: string, caseExact: boolean): Sql => raw(caseExact ? `${row}.id` : `lower(${row}.id)`);

/** Whether it is `id`: by the index, whatever its case, and letter by letter where that counts. */
export function hasId(row: string, caseExact: boolean, id: string): Sql {
  const inAnyCase = comparison(idIn(row, false), 'eq', fold(id));
  return caseExact ? sql`(${inAnyCase} AND ${comparison(idIn(row, true), 'eq', id)})` : inAnyCase;
}
