import { normalDn } from '../directory/dn.ts';
import { allOf, anyOf, equals } from '../directory/filter.ts';
import type { Directory, Entry, Session } from '../directory/session.ts';
import { type Branch, binaryAttributes, isNamed, type Tree } from '../layout/tree.ts';
import { memberKey, type Reference, type References, referenceAttributes, referenceTo } from './references.ts';

/** The groups a user is in. `indirect`: through other groups only. */
export interface Memberships {
  readonly direct: readonly Reference[];
  readonly indirect: readonly Reference[];
}

/** Up to this many people, a search for each is cheaper than reading every group. */
const ASKED_ONE_BY_ONE = 20;
/** Above this, the members of all groups are too much to hold. Unit: memberships; about 150 bytes each. */
const MOST = 500_000;

type Parents = ReadonlyMap<string, readonly Reference[]>;

/**
 * Who is in which group, from the groups themselves: `memberOf` is asked only where it can be trusted
 * (docs/directories.md, memberOf). For a page of an import all groups are read once and kept for a short time.
 */
export class GroupGraph {
  readonly #directory: Directory;
  readonly #tree: Tree;
  readonly #references: References;
  /** Unit: ms. */
  readonly #ttl: number;
  readonly memberOf: boolean;
  #all: { readonly parents: Promise<Parents | undefined>; readonly until: number } | undefined;
  readonly #nested = new Map<string, { readonly groups: readonly Reference[]; readonly until: number }>();

  constructor(directory: Directory, tree: Tree, references: References, options: { ttl: number; memberOf: boolean }) {
    this.#directory = directory;
    this.#tree = tree;
    this.#references = references;
    this.#ttl = options.ttl;
    this.memberOf = options.memberOf && tree.membership.by === 'dn';
  }

  /** After a change of ours: nothing that was read before may be shown. */
  forget(): void {
    this.#all = undefined;
    this.#nested.clear();
  }

  /** @param names  `userName` of each entry, for directories that list members by name */
  async of(
    signal: AbortSignal,
    session: Session,
    entries: readonly Entry[],
    names: readonly string[],
  ): Promise<Memberships[]> {
    const { groups, membership } = this.#tree;
    if (!groups) return entries.map(() => ({ direct: [], indirect: [] }));
    const all =
      this.memberOf || entries.length <= ASKED_ONE_BY_ONE ? undefined : await this.#everyGroup(signal, groups);
    const trusted = this.memberOf ? await this.#fromMemberOf(session, entries) : undefined;
    return Promise.all(
      entries.map(async (entry, i) => {
        const value = membership.by === 'dn' ? entry.dn : (names[i] ?? '');
        const key = memberKey(membership, value);
        const direct = trusted?.[i] ?? all?.get(key) ?? (all ? [] : await this.#groupsWith(session, groups, value));
        return this.#withParents(
          direct,
          async ({ dn }) => all?.get(normalDn(dn)) ?? (all ? [] : this.#parents(session, groups, dn)),
        );
      }),
    );
  }

  async #fromMemberOf(session: Session, entries: readonly Entry[]): Promise<Reference[][]> {
    const lists = entries.map((entry) => (entry.attributes.get('memberof') ?? []).map(String));
    const known = await this.#references.byDn(session, new Set(lists.flat()));
    return lists.map((dns) => dns.flatMap((dn) => known.get(normalDn(dn)) ?? []));
  }

  async #withParents(
    direct: readonly Reference[],
    parentsOf: (group: Reference) => Promise<readonly Reference[]>,
  ): Promise<Memberships> {
    const reached = new Map(direct.map((group) => [group.id, group]));
    const indirect: Reference[] = [];
    // A Map may grow while it is walked: each group once, whatever the circles.
    for (const group of reached.values()) {
      for (const parent of await parentsOf(group)) {
        if (reached.has(parent.id)) continue;
        reached.set(parent.id, parent);
        indirect.push(parent);
      }
    }
    return { direct, indirect };
  }

  async #parents(session: Session, groups: Branch, dn: string): Promise<readonly Reference[]> {
    if (this.#tree.membership.by === 'name') return [];
    const key = normalDn(dn);
    const known = this.#nested.get(key);
    if (known && known.until > performance.now()) return known.groups;
    const found = await this.#groupsWith(session, groups, dn);
    this.#nested.set(key, { groups: found, until: performance.now() + this.#ttl });
    return found;
  }

  async #groupsWith(session: Session, groups: Branch, member: string): Promise<Reference[]> {
    const filter = allOf([groups.objects, equals(this.#tree.membership.attribute, member)]);
    if (typeof filter === 'boolean') return [];
    const entries = await Promise.all(
      groups.bases.map((base) =>
        session.search({
          base,
          scope: 'sub',
          filter,
          attributes: referenceAttributes(this.#tree, groups),
          binary: binaryAttributes(this.#tree, groups),
        }),
      ),
    );
    const named = entries.flat().filter((entry) => isNamed(groups, entry));
    return named.map((entry) => this.#references.remember(groups, entry));
  }

  /** The groups of every member; `undefined` when there are too many. */
  #everyGroup(signal: AbortSignal, groups: Branch): Promise<Parents | undefined> {
    if (this.#all && this.#all.until > performance.now()) return this.#all.parents;
    const parents = this.#readAll(signal, groups);
    const reading = { parents, until: performance.now() + this.#ttl };
    this.#all = reading;
    parents.catch(() => {
      if (this.#all === reading) this.#all = undefined;
    });
    return parents;
  }

  async #readAll(signal: AbortSignal, groups: Branch): Promise<Parents | undefined> {
    const { membership } = this.#tree;
    const filter = anyOf([groups.named]);
    const parents = new Map<string, Reference[]>();
    if (typeof filter === 'boolean') return parents;
    let count = 0;
    for (const base of groups.bases) {
      const attributes = [...referenceAttributes(this.#tree, groups), membership.attribute];
      const search = { base, scope: 'sub', filter, attributes, binary: binaryAttributes(this.#tree, groups) } as const;
      const whole = await this.#directory.cursor(signal, async (session) => {
        for await (const page of session.pages(search, 100)) {
          for (const entry of page) {
            const members = entry.attributes.get(membership.key) ?? [];
            count += members.length;
            if (count > MOST) return false;
            const group = referenceTo(this.#tree, groups, entry);
            for (const member of members) {
              const name = memberKey(membership, member.toString());
              const list = parents.get(name);
              if (list) list.push(group);
              else parents.set(name, [group]);
            }
          }
        }
        return true;
      });
      if (!whole) return undefined;
    }
    return parents;
  }
}
