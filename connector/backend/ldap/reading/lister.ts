import { type Filter, foldFilter } from '../../../scim/filter/ast.ts';
import { matches } from '../../../scim/filter/matches.ts';
import type { Costly, Page, Query, Sort } from '../../../scim/query.ts';
import type { Resource, Scalar } from '../../../scim/resource.ts';
import { type BoundPath, formatBoundPath } from '../../../scim/schema/resource-type.ts';
import { compareSorted, sortKey } from '../../../scim/sort.ts';
import type { Call } from '../../backend.ts';
import { allOf } from '../directory/filter.ts';
import type { Directory, Entry, Search, Session } from '../directory/session.ts';
import { type Branch, binaryAttributes, entryAttributes, idOf, isNamed, type Tree } from '../layout/tree.ts';
import { PackedIds } from '../mapping/entry-id.ts';
import { type References, referenceAttributes } from '../references/references.ts';
import type { Assembler } from './assemble.ts';
import type { EntryFinder } from './entry-finder.ts';
import { FilterToLdap, fromWholeStep, idsIn, pathsIn, type Superset } from './filter-to-ldap.ts';
import type { IdSnapshots } from './id-snapshots.ts';

/** A total that is this old is still told, when nothing but the total is asked for. Unit: ms. */
const TOTAL_AGE = 10_000;

interface Found {
  readonly id: string;
  readonly key: Scalar | undefined;
}

const costlyOf = (paths: readonly BoundPath[]): readonly Costly[] =>
  (['groups', 'members'] as const).filter((name) => !paths.some(({ attribute }) => attribute.name === name));

/** Lists: one reading of the ids, then page after page by id (docs/directories.md, Lists). */
export class Lister {
  readonly #directory: Directory;
  readonly #tree: Tree;
  readonly #references: References;
  readonly #finder: EntryFinder;
  readonly #assembler: Assembler;
  readonly #snapshots: IdSnapshots;
  #changed = 0;

  constructor(parts: {
    directory: Directory;
    tree: Tree;
    references: References;
    finder: EntryFinder;
    assembler: Assembler;
    snapshots: IdSnapshots;
  }) {
    this.#directory = parts.directory;
    this.#tree = parts.tree;
    this.#references = parts.references;
    this.#finder = parts.finder;
    this.#assembler = parts.assembler;
    this.#snapshots = parts.snapshots;
  }

  /** After a change of ours totals are counted anew. */
  forgetTotals(): void {
    this.#changed = performance.now();
  }

  async list(call: Call, branch: Branch, query: Query): Promise<Page> {
    const { offset, limit, sort } = query;
    const filter = query.filter && fromWholeStep(query.filter);
    const key = keyOf(branch, filter, sort);
    const known = this.#known(key, offset, limit);
    if (known) return this.#page(call, branch, known, query);
    const superset = filter ? await this.#superset(call, branch, filter) : { test: true, selective: false };
    if (superset.test === false) return { total: 0, resources: [] };
    if (filter && superset.selective && !sort) {
      const resources = await this.#few(call, branch, filter, superset, query);
      if (offset === 0 && resources.length <= limit) return { total: resources.length, resources };
      const ids = new PackedIds(
        this.#tree.profile.id.format,
        resources.map(({ id }) => id),
      );
      this.#snapshots.put(key, ids);
      return { total: ids.length, resources: resources.slice(offset, offset + limit) };
    }
    const ids = await this.#read(call, branch, superset, filter, sort);
    this.#snapshots.put(key, ids);
    return this.#page(call, branch, ids, query);
  }

  /** The list this page belongs to: the first page makes a new one, the total alone may be a little old. */
  #known(key: string, offset: number, limit: number): PackedIds | undefined {
    if (offset > 0) return this.#snapshots.get(key);
    if (limit > 0) return undefined;
    return this.#snapshots.get(key, Math.min(TOTAL_AGE, performance.now() - this.#changed));
  }

  async #page(call: Call, branch: Branch, ids: PackedIds, { offset, limit, without }: Query): Promise<Page> {
    const wanted = limit === 0 ? [] : ids.slice(offset, offset + limit);
    if (wanted.length === 0) return { total: ids.length, resources: [] };
    const read = without ? { without } : {};
    const resources = await this.#directory.read(call.signal, async (session) => {
      const entries = await this.#finder.byIds(session, branch, wanted, without);
      return this.#assembler.resources(call.signal, session, branch, entries, read);
    });
    return { total: ids.length, resources };
  }

  async #superset({ signal }: Call, branch: Branch, filter: Filter<BoundPath>): Promise<Superset> {
    const ids = idsIn(filter);
    const known =
      ids.length === 0
        ? new Map()
        : await this.#directory.read(signal, (session) => this.#references.byId(session, ids));
    return new FilterToLdap(this.#tree, branch, known).translate(filter);
  }

  /** All that is found, whole and in order: for filters that find one or a few. */
  async #few(
    call: Call,
    branch: Branch,
    filter: Filter<BoundPath>,
    superset: Superset,
    { without = [] }: Query,
  ): Promise<Resource[]> {
    const needed = costlyOf(pathsIn(filter));
    const left = without.filter((name) => needed.includes(name));
    const found = await this.#directory.read(call.signal, async (session) => {
      const pages = await Promise.all(
        this.#searches(branch, superset, this.#finder.attributes(branch, left)).map((search) => session.search(search)),
      );
      const named = pages.flat().filter((entry) => isNamed(branch, entry));
      return this.#assembler.resources(call.signal, session, branch, named, { without: left });
    });
    const accepted = found.filter(matches(filter)).sort((a, b) => (a.id < b.id ? -1 : 1));
    return accepted.map((resource) => strip(resource, without));
  }

  #searches(branch: Branch, { test, selective }: Superset, attributes: readonly string[]): Search[] {
    const filter = allOf([selective ? branch.objects : branch.named, test]);
    if (typeof filter === 'boolean') return [];
    const binary = binaryAttributes(this.#tree, branch);
    return branch.bases.map((base) => ({ base, scope: 'sub', filter, attributes, binary }));
  }

  /** The ids of everything that `filter` accepts, in their order. */
  async #read(
    call: Call,
    branch: Branch,
    superset: Superset,
    filter: Filter<BoundPath> | undefined,
    sort: Sort | undefined,
  ): Promise<PackedIds> {
    const paths = [...(filter ? pathsIn(filter) : []), ...(sort ? [sort.path] : [])];
    const without = costlyOf(paths);
    const { attribute, format } = this.#tree.profile.id;
    const attributes = paths.length === 0 ? [attribute] : this.#attributesFor(branch, paths, without);
    const accepts = filter ? matches(filter) : undefined;
    const found: Found[] = [];
    const take = async (session: Session, entries: readonly Entry[]): Promise<void> => {
      for (const resource of await this.#assembler.resources(call.signal, session, branch, entries, { without })) {
        if (accepts?.(resource) === false) continue;
        found.push({ id: resource.id, key: sort && sortKey(resource, sort.path) });
      }
    };
    for (const search of this.#searches(branch, { ...superset, selective: false }, attributes)) {
      await this.#directory.cursor(call.signal, async (cursor) => {
        for await (const entries of cursor.pages(search)) {
          if (paths.length === 0)
            for (const entry of entries) found.push({ id: idOf(this.#tree, entry), key: undefined });
          // References are looked up on another connection: a cursor has room for one search.
          else await this.#directory.read(call.signal, (session) => take(session, entries));
        }
      });
    }
    if (!filter) this.#references.counted(branch.type.name, found.length);
    found.sort(sort ? bySort(sort) : byId);
    return new PackedIds(
      format,
      found.map(({ id }) => id),
    );
  }

  #attributesFor(branch: Branch, paths: readonly BoundPath[], without: readonly Costly[]): string[] {
    const digested = this.#tree.profile.version === undefined && paths.some(({ sub }) => sub?.name === 'version');
    if (digested) return this.#finder.attributes(branch, without);
    const names = new Set(paths.map(({ attribute }) => attribute.name));
    const rows = branch.table.rows.filter(({ target }) => target && names.has(target.attribute.name));
    const costly = this.#finder
      .attributes(branch, without)
      .filter((name) => /^memberof$/i.test(name) || name === this.#tree.membership.attribute);
    // Every entry that is read is remembered by its names: half of them would be remembered without.
    const shown = referenceAttributes(this.#tree, branch);
    return [...new Set([...entryAttributes(this.#tree, branch, rows), ...shown, ...costly])];
  }
}

const byId = (a: Found, b: Found): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Equal keys in the order of the list. */
const bySort =
  ({ path, descending }: Sort) =>
  (a: Found, b: Found): number =>
    compareSorted(path, descending, a.key, b.key) || byId(a, b);

function strip(resource: Resource, without: readonly Costly[]): Resource {
  if (without.length === 0) return resource;
  const kept = Object.entries(resource.attributes).filter(([name]) => !without.some((gone) => gone === name));
  return { ...resource, attributes: Object.fromEntries(kept) };
}

const keyOf = (branch: Branch, filter: Filter<BoundPath> | undefined, sort: Sort | undefined): string =>
  JSON.stringify([
    branch.type.name,
    filter &&
      foldFilter<BoundPath, unknown>(filter, {
        and: (parts) => ['and', ...parts],
        or: (parts) => ['or', ...parts],
        present: (path) => ['pr', formatBoundPath(path)],
        compare: (path, op, value) => [op, formatBoundPath(path), value],
      }),
    sort && [formatBoundPath(sort.path), sort.descending],
  ]);
