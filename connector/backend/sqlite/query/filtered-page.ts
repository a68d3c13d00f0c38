import type { Query } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Condition } from '../../sql/condition.ts';
import type { PageRows } from '../../sql/page-rows.ts';
import type { Connection } from '../connection/connection.ts';
import type { Caller } from '../connection/turn.ts';
import { countMatching } from './count.ts';
import { searchText } from './search-text.ts';
import { tableScan } from './table-scan.ts';

/** Most rows of an indexed search that are read at once. */
export const ONE_READ = 256;

/**
 * Counted and cut in one pass: the filter may cost a look into every document. Then the pass lets others have their
 * turn, so that a search through a million people does not stop the server.
 */
export async function filteredPage(
  connection: Connection,
  caller: Caller,
  type: TypeName,
  { offset, limit }: Query,
  condition: Condition,
): Promise<PageRows> {
  const { text, params, indexed, costly } = condition;
  const seqs: number[] = [];
  let total = 0;
  const take = (found: Iterable<readonly [number]>): void => {
    for (const [seq] of found) {
      if (total >= offset && seqs.length < limit) seqs.push(seq);
      total += 1;
    }
  };
  const select = searchText(type, text);
  if (indexed) {
    // The agent asks for one name at a time: reading all at once is twice as fast as row by row.
    const few = connection.rows<readonly [number]>(`${select} LIMIT ${ONE_READ}`, ...params);
    if (few.length < ONE_READ) take(few.toSorted(([a], [b]) => a - b));
    else {
      total = countMatching(connection, type, condition);
      // The + keeps the planner from a scan that happens to come in order.
      const page = `${select} ORDER BY +r.seq LIMIT ? OFFSET ?`;
      for (const [seq] of connection.rows<readonly [number]>(page, ...params, limit, offset)) seqs.push(seq);
    }
    return { total, seqs };
  }
  if (costly) {
    take(connection.iterate<readonly [number]>(`${select} ORDER BY r.seq`, ...params));
    return { total, seqs };
  }
  await tableScan(connection, caller, type, condition, take);
  return { total, seqs };
}
