import { normalDn } from '../directory/dn.ts';
import { equals } from '../directory/filter.ts';
import type { Directory, Entry, Session } from '../directory/session.ts';
import { type Branch, nameIn } from '../layout/branch.ts';
import { findEntries } from '../layout/branch-search.ts';
import type { Tree } from '../layout/tree.ts';
import { type Parents, readParents } from './every-group.ts';
import { memberKey, type Reference, referenceSelection } from './reference.ts';
import type { ReferenceCache } from './reference-cache.ts';
import type { References } from './references.ts';
import { ShortLived } from './short-lived.ts';

/** The groups a user is in. `indirect`: through other groups only. */
export interface Memberships {
  readonly direct: readonly Reference[];
  readonly indirect: readonly Reference[];
}

type ParentsOf = (dn: string) => Promise<readonly Reference[]> | readonly Reference[];

/** Up to this many people, a search for each is cheaper than reading every group. */
const ASKED_ONE_BY_ONE = 20;
/** Groups whose own groups are kept. */
const CAPACITY = 25_000;

export interface GroupGraphOptions {
  /** How long what was read is believed. Unit: ms. */
  readonly ttl: number;
  /** Whether `memberOf` tells a user's direct groups. */
  readonly memberOf: boolean;
}

/**
 * Who is in which group, from the groups themselves: `memberOf` is asked only where it is believed
 * (docs/directories.md, memberOf). For a page of an import all groups are read once and kept for a short time.
 */
export class GroupGraph {
  readonly #directory: Directory;
  readonly #tree: Tree;
  readonly #references: References;
  readonly #cache: ReferenceCache;
  readonly #options: GroupGraphOptions;
  readonly #nested: ShortLived<readonly Reference[]>;
  #all: { readonly parents: Promise<Parents | undefined>; readonly until: number } | undefined;

  constructor(
    directory: Directory,
    tree: Tree,
    references: References,
    cache: ReferenceCache,
    options: GroupGraphOptions,
  ) {
    this.#directory = directory;
    this.#tree = tree;
    this.#references = references;
    this.#cache = cache;
    this.#options = options;
    this.#nested = new ShortLived({ ttl: options.ttl, max: CAPACITY });
  }

  /** After a change of ours: nothing that was read before may be shown. */
  forget(): void {
    this.#all = undefined;
    this.#nested.clear();
  }

  /** The memberships of each of `entries`, which are `users`. */
  async of(signal: AbortSignal, session: Session, users: Branch, entries: readonly Entry[]): Promise<Memberships[]> {
    const { groups, membership } = this.#tree;
    if (!groups) return entries.map(() => ({ direct: [], indirect: [] }));
    const many = !this.#options.memberOf && entries.length > ASKED_ONE_BY_ONE;
    const all = many ? await this.#everyGroup(signal, groups) : undefined;
    const known = this.#options.memberOf ? await this.#fromMemberOf(session, entries) : undefined;
    const parentsOf: ParentsOf = all ? (dn) => all.get(normalDn(dn)) ?? [] : (dn) => this.#parents(session, groups, dn);
    return Promise.all(
      entries.map(async (entry, i) => {
        const value = membership.by === 'dn' ? entry.dn : nameIn(users, entry);
        const read = all ? (all.get(memberKey(membership, value)) ?? []) : undefined;
        return withParents(known?.[i] ?? read ?? (await this.#groupsWith(session, groups, value)), parentsOf);
      }),
    );
  }

  async #fromMemberOf(session: Session, entries: readonly Entry[]): Promise<Reference[][]> {
    const lists = entries.map((entry) => (entry.attributes.get('memberof') ?? []).map(String));
    const known = await this.#references.byDn(session, new Set(lists.flat()));
    return lists.map((dns) => dns.flatMap((dn) => known.get(normalDn(dn)) ?? []));
  }

  async #parents(session: Session, groups: Branch, dn: string): Promise<readonly Reference[]> {
    if (this.#tree.membership.by === 'name') return [];
    const key = normalDn(dn);
    const known = this.#nested.get(key);
    if (known) return known;
    const found = await this.#groupsWith(session, groups, dn);
    this.#nested.set(key, found);
    return found;
  }

  async #groupsWith(session: Session, groups: Branch, member: string): Promise<readonly Reference[]> {
    const test = equals(this.#tree.membership.attribute, member);
    const found = await findEntries(session, groups, test, referenceSelection(this.#tree, groups));
    return found.map((entry) => this.#cache.remember(groups, entry));
  }

  /** The groups of every member; `undefined` when there are too many. */
  #everyGroup(signal: AbortSignal, groups: Branch): Promise<Parents | undefined> {
    if (this.#all && this.#all.until > performance.now()) return this.#all.parents;
    const parents = readParents(this.#directory, signal, this.#tree, groups);
    const reading = { parents, until: performance.now() + this.#options.ttl };
    this.#all = reading;
    parents.catch(() => {
      if (this.#all === reading) this.#all = undefined;
    });
    return parents;
  }
}

async function withParents(direct: readonly Reference[], parentsOf: ParentsOf): Promise<Memberships> {
  const reached = new Map(direct.map((group) => [group.id, group]));
  const indirect: Reference[] = [];
  // A Map may grow while it is walked: each group once, whatever the circles.
  for (const group of reached.values()) {
    for (const parent of await parentsOf(group.dn)) {
      if (reached.has(parent.id)) continue;
      reached.set(parent.id, parent);
      indirect.push(parent);
    }
  }
  return { direct, indirect };
}
