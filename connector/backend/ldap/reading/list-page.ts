import type { Page, Query } from '../../../scim/query.ts';
import type { Branch } from '../layout/branch.ts';
import type { PackedIds } from '../mapping/packed-ids.ts';
import type { Reader } from './reader.ts';

/** The part of a list that `query` asks for. Whoever has gone since is missing. */
export async function page(
  { directory, finder, assembler }: Reader,
  signal: AbortSignal,
  branch: Branch,
  ids: PackedIds,
  { offset, limit, without }: Query,
): Promise<Page> {
  const wanted = limit === 0 ? [] : ids.slice(offset, offset + limit);
  if (wanted.length === 0) return { total: ids.length, resources: [] };
  const resources = await directory.read(signal, async (session) => {
    const work = { signal, session, branch };
    const entries = await finder.byIds(work, wanted, without);
    return assembler.resources(work, entries, without ? { without } : {});
  });
  return { total: ids.length, resources };
}
