import type { Filter } from '../../../scim/filter/ast.ts';
import { matches } from '../../../scim/filter/matches.ts';
import type { Costly, Page, Query } from '../../../scim/query.ts';
import type { Resource } from '../../../scim/resource.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import type { Call } from '../../backend.ts';
import type { Test } from '../directory/filter.ts';
import type { Branch } from '../layout/branch.ts';
import { findEntries } from '../layout/branch-search.ts';
import { PackedIds } from '../mapping/packed-ids.ts';
import type { Reference } from '../references/reference.ts';
import { fromWholeStep, idsIn, pathsIn } from './filter-paths.ts';
import { filterToLdap } from './filter-to-ldap.ts';
import { glanced } from './glance.ts';
import { listKey } from './list-key.ts';
import { page } from './list-page.ts';
import { costlyOutside, readIds } from './read-ids.ts';
import type { Reader } from './reader.ts';
import { everything } from './superset.ts';
import type { Translation } from './translation.ts';

/** Lists: one reading of the ids, then page after page by id (docs/directories.md, Lists). */
export async function listResources(reader: Reader, { signal }: Call, branch: Branch, query: Query): Promise<Page> {
  const filter = query.filter && fromWholeStep(query.filter);
  const key = listKey(branch, filter, query.sort);
  const answer = await answered(reader, signal, branch, query, filter, key);
  const next = query.offset + query.limit;
  if (query.limit > 0 && next < answer.total) reader.caches.lists.served(key, next);
  return answer;
}

async function answered(
  reader: Reader,
  signal: AbortSignal,
  branch: Branch,
  query: Query,
  filter: Filter<BoundPath> | undefined,
  key: string,
): Promise<Page> {
  const { offset, limit, sort } = query;
  const { lists } = reader.caches;
  const known = offset > 0 ? lists.resumed(key, offset) : undefined;
  if (known) return page(reader, signal, branch, known, query);
  const glance = offset === 0 && (await glanced(reader, signal, branch, query, key));
  if (glance) return glance;
  const translation = filter && (await translate(reader, signal, branch, filter));
  const { test, selective } = translation?.accepted ?? everything;
  if (test === false) return { total: 0, resources: [] };
  const { writes } = lists;
  if (translation && selective && !sort) {
    const resources = await readWhole(reader, signal, branch, translation, query.without);
    const total = resources.length;
    if (offset > 0 || total > limit) lists.put(key, packed(reader, resources), writes);
    return { total, resources: resources.slice(offset, offset + limit) };
  }
  const ids = await readIds(reader, signal, branch, { test, filter: translation?.left, sort });
  lists.put(key, ids, writes);
  return page(reader, signal, branch, ids, query);
}

export const packed = ({ tree }: Reader, resources: readonly Resource[]): PackedIds =>
  PackedIds.of(
    tree.profile.id.format,
    resources.map(({ id }) => id),
  );

/** What is searched for, with the entries behind the ids in the filter looked up before. */
export async function translate(
  { directory, references, tree }: Reader,
  signal: AbortSignal,
  branch: Branch,
  filter: Filter<BoundPath>,
): Promise<Translation> {
  const ids = idsIn(filter);
  const known: ReadonlyMap<string, Reference> =
    ids.length === 0 ? new Map() : await directory.read(signal, (session) => references.byId(session, ids));
  return filterToLdap({ tree, branch, known }, filter);
}

/** Who waits for what others wait for too. The directory has a deadline of its own. */
const NOBODYS = new AbortController().signal;

/** For one person by name, which every directory has an index for. Groups may be large, and are not read together. */
const isLookUp = ({ type, natural }: Branch, filter: Filter<BoundPath>): boolean =>
  type.isAccount &&
  filter.kind === 'compare' &&
  filter.op === 'eq' &&
  filter.path.attribute.name === natural.scim?.attribute.name &&
  filter.path.extension === undefined;

/** All that is found, whole and in order: for filters that find one or a few. */
export async function readWhole(
  { directory, tree, finder, assembler, lookUps }: Reader,
  signal: AbortSignal,
  branch: Branch,
  { asked, accepted: { test }, left: filter }: Translation,
  without: readonly Costly[] = [],
): Promise<Resource[]> {
  const needless = costlyOutside(tree, pathsIn(filter));
  const unread = without.filter((name) => needless.includes(name));
  const read = (own: AbortSignal, any: Test): Promise<readonly Resource[]> =>
    directory.read(own, async (session) => {
      const entries = await findEntries(session, branch, any, finder.selection(branch, unread));
      return assembler.resources({ signal: own, session, branch }, entries, { without: unread });
    });
  const found = isLookUp(branch, asked)
    ? await lookUps.find(`${branch.type.name} ${unread.join()}`, test, signal, (any) => read(NOBODYS, any))
    : await read(signal, test);
  const accepted = found.filter(matches(filter)).sort((a, b) => (a.id < b.id ? -1 : 1));
  return accepted.map((resource) => strip(resource, without));
}

/** Without what was read for the filter alone. */
function strip(resource: Resource, without: readonly Costly[]): Resource {
  if (without.length === 0) return resource;
  const kept = Object.entries(resource.attributes).filter(([name]) => !without.some((gone) => gone === name));
  return { ...resource, attributes: Object.fromEntries(kept) };
}
