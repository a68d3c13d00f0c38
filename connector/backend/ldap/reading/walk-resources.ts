import { randomUUID } from 'node:crypto';
import { noSuchPlace } from '../../../scim/error.ts';
import type { Cursor, Page, Query, Sort } from '../../../scim/query.ts';
import type { Resource } from '../../../scim/resource.ts';
import type { Call } from '../../backend.ts';
import type { Branch } from '../layout/branch.ts';
import { KeyedIds, type PackedIds } from '../mapping/packed-ids.ts';
import { fromWholeStep } from './filter-paths.ts';
import { listKey } from './list-key.ts';
import { page } from './list-page.ts';
import { listResources, packed, readWhole, translate } from './list-resources.ts';
import { byId, bySort, type Found, readIds } from './read-ids.ts';
import type { Reader } from './reader.ts';
import { everything } from './superset.ts';

/** Where a page of a walk ends. */
interface Place extends Found {
  /**
   * Which walk it is. Any connector that is given a place knows by it whether it has read the ids since the walk began:
   * what an earlier walk has left may lack somebody.
   */
  readonly walk: string;
}

/** @throws invalidCursor */
function readPlace({ after }: Cursor): Place | undefined {
  if (after === undefined) return undefined;
  try {
    const place = JSON.parse(after) as Place;
    if (typeof place.walk === 'string' && typeof place.id === 'string') return place;
  } catch {
    // The words of another store.
  }
  throw noSuchPlace();
}

/**
 * A page that begins behind a place (docs/directories.md, Lists). The ids are read once for each walk and connector;
 * a page behind another connector's finds its beginning among them by the order, which is that of the immutable ids.
 */
export async function walkResources(
  reader: Reader,
  call: Call,
  branch: Branch,
  query: Query & { readonly cursor: Cursor },
): Promise<Page> {
  const { sort, limit, cursor } = query;
  const place = readPlace(cursor);
  const { cursor: _, ...indexed } = query;
  if (limit === 0) return listResources(reader, call, branch, { ...indexed, offset: 0 });
  const { lists } = reader.caches;
  const walk = place?.walk ?? randomUUID();
  const key = `${listKey(branch, query.filter && fromWholeStep(query.filter), sort)} ${walk}`;
  const known = place && lists.get(key);
  const { ids, resources }: Listed = known ? { ids: known } : await read(reader, call, branch, query, key);
  const offset = place ? ids.before(isBeyond(sort, ids, place)) : 0;
  const end = offset + limit;
  const [last] = ids.slice(end - 1, end);
  const answer = resources
    ? { total: ids.length, resources: resources.slice(offset, end) }
    : await page(reader, call.signal, branch, ids, { ...indexed, offset });
  if (end >= ids.length || last === undefined) {
    lists.drop(key);
    return answer;
  }
  const sorted = ids instanceof KeyedIds ? { key: ids.keys[end - 1] } : {};
  const next: Place = { walk, id: last, ...sorted };
  return { ...answer, next: JSON.stringify(next) };
}

const isBeyond = (sort: Sort | undefined, ids: PackedIds, place: Found): ((id: string, at: number) => boolean) => {
  if (!sort || !(ids instanceof KeyedIds)) return (id) => byId({ id }, place) > 0;
  const compare = bySort(sort);
  return (id, at) => compare({ id, key: ids.keys[at] }, place) > 0;
};

interface Listed {
  readonly ids: PackedIds;
  /** Of those few that were read whole. */
  readonly resources?: readonly Resource[];
}

/** Everybody whom the walk shows. */
async function read(
  reader: Reader,
  { signal }: Call,
  branch: Branch,
  { filter: asked, sort, without }: Query,
  key: string,
): Promise<Listed> {
  const { lists } = reader.caches;
  const { writes } = lists;
  const translation = asked && (await translate(reader, signal, branch, fromWholeStep(asked)));
  const { test, selective } = translation?.accepted ?? everything;
  if (test === false) return { ids: packed(reader, []) };
  if (translation && selective && !sort) {
    const resources = await readWhole(reader, signal, branch, translation, without);
    const ids = packed(reader, resources);
    lists.put(key, ids, writes);
    return { ids, resources };
  }
  const ids = await readIds(reader, signal, branch, { test, filter: translation?.left, sort, keyed: true });
  lists.put(key, ids, writes);
  return { ids };
}
