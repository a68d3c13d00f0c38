import { sqlState } from '../../../postgres/postgres-errors.ts';
import { ScimError } from '../../../scim/error.ts';
import type { Query } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import { type Reader, TooManyParameters } from '../row/statement.ts';
import { filterToSql } from './filter-to-sql.ts';
import { filteredPage } from './filtered-page.ts';
import type { Found } from './found.ts';
import { sortedPage } from './sorted-page.ts';
import { unfilteredPage } from './unfiltered-page.ts';
import { walkedPage } from './walked-page.ts';

/** A program limit is exceeded, as the depth of an expression (PostgreSQL, appendix A, class 54). */
const isTooMuch = (error: unknown): boolean =>
  error instanceof TooManyParameters ||
  [error, error instanceof Error ? error.cause : undefined].some((one) => sqlState(one)?.startsWith('54'));

/** @throws invalidCursor; invalidFilter  more conditions than PostgreSQL takes in one statement */
export async function findPage(reader: Reader, type: TypeName, query: Query): Promise<Found> {
  const { filter, sort, cursor, limit } = query;
  try {
    const condition = filter && filterToSql(type, filter);
    const isAlone = filter?.kind === 'compare';
    if (sort) return await sortedPage(reader, type, { ...query, sort }, condition);
    if (cursor) return await walkedPage(reader, type, cursor, limit, condition, isAlone);
    return condition
      ? await filteredPage(reader, type, query, condition, isAlone)
      : await unfilteredPage(reader, type, query);
  } catch (error) {
    if (!filter || !isTooMuch(error)) throw error;
    const text = 'filter: too many conditions for the database; ask in several requests';
    throw new ScimError('invalidFilter', text, { fault: 'filter-invalid', cause: error });
  }
}
