import type { Filter } from '../../../scim/filter/ast.ts';
import { matches } from '../../../scim/filter/matches.ts';
import type { Costly, Sort } from '../../../scim/query.ts';
import type { Scalar } from '../../../scim/resource.ts';
import { type BoundPath, isWholeExtension } from '../../../scim/schema/resource-type.ts';
import { compareSorted, sortKey } from '../../../scim/sort.ts';
import type { Test } from '../directory/filter.ts';
import { entryAttributes, idOf, selection } from '../layout/attribute-selection.ts';
import type { Branch } from '../layout/branch.ts';
import { readAll, type Selection, type Take } from '../layout/branch-search.ts';
import type { Tree } from '../layout/tree.ts';
import { IdPacker, type PackedIds } from '../mapping/packed-ids.ts';
import { referenceSelection } from '../references/reference.ts';
import { pathsIn } from './filter-paths.ts';
import type { Reader } from './reader.ts';

/** What a list shall hold, and in which order. */
export interface Wanted {
  /** Passed by everything that `filter` accepts. */
  readonly test: Test;
  readonly filter: Filter<BoundPath> | undefined;
  readonly sort: Sort | undefined;
  /** With what they are sorted by, to find a place among them. */
  readonly keyed?: true;
}

/** Whom a list holds, and what it is sorted by. */
export interface Found {
  readonly id: string;
  readonly key?: Scalar | undefined;
}

export const byId = (a: Found, b: Found): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Equal keys in the order of the list. */
export const bySort =
  ({ path, descending }: Sort) =>
  (a: Found, b: Found): number =>
    compareSorted(path, descending, a.key, b.key) || byId(a, b);

/** Whether a path asks for a version that is a digest of the whole entry. */
const isDigested = ({ profile }: Tree, paths: readonly BoundPath[]): boolean =>
  profile.version === undefined && paths.some(({ sub }) => sub?.name === 'version');

/** What need not be read to know the values at `paths`. */
export const costlyOutside = (tree: Tree, paths: readonly BoundPath[]): readonly Costly[] =>
  (['groups', 'members', 'entitlements'] as const).filter(
    (name) =>
      !paths.some(({ attribute }) => attribute.name === name || (name === 'entitlements' && attribute.assigned)) &&
      (name !== 'members' || !isDigested(tree, paths)),
  );

/** What to read of entries, so that they show their values at `paths`. */
function selectionFor(
  { tree, finder }: Reader,
  branch: Branch,
  paths: readonly BoundPath[],
  without: readonly Costly[],
): Selection {
  if (isDigested(tree, paths)) return finder.selection(branch, without);
  const names = new Set(paths.map(({ attribute }) => attribute.name));
  const blocks = new Set(paths.filter(isWholeExtension).map(({ extension }) => extension));
  const rows = branch.table.rows.filter(
    ({ scim }) => scim && (names.has(scim.attribute.name) || blocks.has(scim.extension?.urn ?? '')),
  );
  // With its names: groups may list their members by them.
  const { attributes: own } = referenceSelection(tree, branch);
  return selection(tree, branch, [...entryAttributes(tree, branch, rows), ...own, ...finder.costly(branch, without)]);
}

/** The ids of everything that the filter accepts, in their order. */
export async function readIds(
  reader: Reader,
  signal: AbortSignal,
  branch: Branch,
  { test, filter, sort, keyed: isKeyed }: Wanted,
): Promise<PackedIds> {
  const { directory, tree, assembler, references } = reader;
  const { attribute, format } = tree.profile.id;
  const paths = [...(filter ? pathsIn(filter) : []), ...(sort ? [sort.path] : [])];
  let packer = new IdPacker(format);
  // With what they are sorted by.
  let keyed: Found[] = [];
  const begin = (take: Take) => (): Take => {
    packer = new IdPacker(format);
    keyed = [];
    return take;
  };
  if (paths.length === 0) {
    const takeIds = begin((entries) => {
      for (const entry of entries) packer.add(idOf(tree, entry));
    });
    await readAll(directory, signal, branch, { test, ...selection(tree, branch, [attribute]) }, takeIds);
  } else {
    const without = costlyOutside(tree, paths);
    const accepts = filter ? matches(filter) : () => true;
    const takeAccepted = begin((entries) =>
      // References are looked up on another connection: a cursor has room for one search.
      directory.read(signal, async (session) => {
        const resources = await assembler.resources({ signal, session, branch }, entries, { without });
        for (const resource of resources.filter(accepts)) {
          if (sort) keyed.push({ id: resource.id, key: sortKey(resource, sort.path) });
          else packer.add(resource.id);
        }
      }),
    );
    await readAll(directory, signal, branch, { test, ...selectionFor(reader, branch, paths, without) }, takeAccepted);
  }
  if (!filter) references.counted(branch.type.name, packer.length + keyed.length);
  if (!sort) return packer.sorted();
  for (const { id } of keyed.sort(bySort(sort))) packer.add(id);
  return isKeyed ? packer.keyed(keyed.map(({ key }) => key)) : packer.packed();
}
