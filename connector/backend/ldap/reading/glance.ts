import type { Page, Query } from '../../../scim/query.ts';
import type { Branch } from '../layout/branch.ts';
import { page } from './list-page.ts';
import { readIds } from './read-ids.ts';
import type { Reader } from './reader.ts';

/** A few: whoever asks for so many at first looks whether there is somebody, and imports nobody. */
const FEW = 10;
/** From this age on a list is read again beside the work, so that who keeps asking need not wait. Unit: ms. */
const RENEWED = 15_000;
/** Of such a reading. Unit: ms. */
const PATIENCE = 60_000;

/** The total, or a few of all, from a list that is young enough; whoever asks for more begins an import, with a new list. */
export async function glanced(
  reader: Reader,
  signal: AbortSignal,
  branch: Branch,
  query: Query,
  key: string,
): Promise<Page | undefined> {
  const { filter, sort, limit } = query;
  const { lists } = reader.caches;
  if (limit > 0 && (limit > FEW || filter || sort)) return undefined;
  const recent = lists.recent(key, filter ? 'all' : 'comings');
  if (!recent) return undefined;
  const found = await page(reader, signal, branch, recent.ids, query);
  // Somebody else has deleted one: the total is wrong as well.
  if (found.resources.length < Math.min(limit, found.total)) return undefined;
  if (!filter && !sort && recent.age > RENEWED) {
    lists.renew(key, async () => {
      const { writes } = lists;
      const everybody = { test: true, filter: undefined, sort: undefined };
      lists.put(key, await readIds(reader, AbortSignal.timeout(PATIENCE), branch, everybody), writes);
    });
  }
  return found;
}
