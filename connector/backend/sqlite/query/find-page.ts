import { ScimError } from '../../../scim/error.ts';
import type { Query } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { PageRows } from '../../sql/page-rows.ts';
import type { Connection } from '../connection/connection.ts';
import { isMalformed, primaryCode } from '../connection/sqlite-errors.ts';
import type { Caller } from '../connection/turn.ts';
import { boundedCondition } from './bounded.ts';
import { filteredPage } from './filtered-page.ts';
import { sortedPage } from './sorted-page.ts';
import { unfilteredPage } from './unfiltered-page.ts';
import { walkedPage } from './walked-page.ts';

/** @throws invalidCursor; invalidFilter  more conditions than SQLite takes in one statement */
export async function findPage(
  connection: Connection,
  caller: Caller,
  type: TypeName,
  query: Query,
): Promise<PageRows> {
  const { filter, sort, cursor, limit } = query;
  try {
    const condition = filter && boundedCondition(connection, type, filter);
    if (sort) return await sortedPage(connection, caller, type, { ...query, sort }, condition);
    if (cursor) return await walkedPage(connection, caller, type, cursor, limit, condition);
    return condition
      ? await filteredPage(connection, caller, type, query, condition)
      : unfilteredPage(connection, type, query);
  } catch (error) {
    if (!filter || primaryCode(error) !== 'SQLITE_ERROR' || isMalformed(error)) throw error;
    const text = 'filter: too many conditions for the database; ask in several requests';
    throw new ScimError('invalidFilter', text, { fault: 'filter-invalid', cause: error });
  }
}
