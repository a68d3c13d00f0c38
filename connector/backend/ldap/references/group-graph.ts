import { normalDn } from '../directory/dn.ts';
import { equals } from '../directory/filter.ts';
import type { Directory, Entry, Session } from '../directory/session.ts';
import { type Branch, nameIn } from '../layout/branch.ts';
import { findEntries } from '../layout/branch-search.ts';
import type { Tree } from '../layout/tree.ts';
import { EveryGroup } from './every-group.ts';
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
  readonly #tree: Tree;
  readonly #references: References;
  readonly #cache: ReferenceCache;
  readonly #options: GroupGraphOptions;
  readonly #nested: ShortLived<readonly Reference[]>;
  readonly #every: EveryGroup;

  constructor(
    directory: Directory,
    tree: Tree,
    references: References,
    cache: ReferenceCache,
    options: GroupGraphOptions,
  ) {
    this.#tree = tree;
    this.#references = references;
    this.#cache = cache;
    this.#options = options;
    this.#nested = new ShortLived({ ttl: options.ttl, max: CAPACITY });
    this.#every = new EveryGroup(directory, tree, options.ttl);
  }

  /** After a change of ours: nothing that was read before may be shown. */
  forget(): void {
    this.#every.forget();
    this.#nested.clear();
  }

  /** The memberships of each of `entries`, which are `users`. */
  async of(signal: AbortSignal, session: Session, users: Branch, entries: readonly Entry[]): Promise<Memberships[]> {
    const { groups, membership } = this.#tree;
    if (!groups) return entries.map(() => ({ direct: [], indirect: [] }));
    const { memberOf } = this.#options;
    const all = memberOf ? undefined : await this.#every.instead(signal, groups, entries.length);
    const known = memberOf ? await this.#fromMemberOf(session, entries) : undefined;
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
