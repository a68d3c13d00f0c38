import { notFound } from '../../../scim/error.ts';
import type { Costly } from '../../../scim/query.ts';
import { equals } from '../directory/filter.ts';
import type { Entry } from '../directory/session.ts';
import { entryAttributes, idOf, selection } from '../layout/attribute-selection.ts';
import type { Branch } from '../layout/branch.ts';
import { entryOf, findAny, findEntries, type Selection } from '../layout/branch-search.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import { idToLdap } from '../mapping/entry-id.ts';
import type { ReferenceCache } from '../references/reference-cache.ts';

/** Reads whole entries, by id or by DN. */
export class EntryFinder {
  readonly #tree: Tree;
  readonly #cache: ReferenceCache;
  readonly #memberOf: boolean;

  /** @param memberOf  whether it is read, for the groups of people */
  constructor(tree: Tree, cache: ReferenceCache, memberOf: boolean) {
    this.#tree = tree;
    this.#cache = cache;
    this.#memberOf = memberOf;
  }

  /** What to ask for, so that an entry becomes a whole resource. */
  selection(branch: Branch, without: readonly Costly[] = []): Selection {
    return selection(this.#tree, branch, [...entryAttributes(this.#tree, branch), ...this.costly(branch, without)]);
  }

  /** Attributes of an entry that lead to others. */
  costly({ type }: Branch, without: readonly Costly[]): string[] {
    const { membership } = this.#tree;
    const members = type.hasMembers && !without.includes('members');
    const memberOf = type.showsGroups && this.#memberOf && !without.includes('groups');
    return [...(members ? [membership.attribute] : []), ...(memberOf ? ['memberOf'] : [])];
  }

  /** @throws notFound */
  async byId({ session, branch }: Work, id: string, without?: readonly Costly[]): Promise<Entry> {
    const { attribute, format } = this.#tree.profile.id;
    const value = idToLdap(format, id);
    if (value === undefined) throw notFound(branch.type.name, id);
    const isMeant = equals(attribute, value);
    const wanted = this.selection(branch, without);
    const guess = this.#cache.lastDn(id);
    // The id is in the filter: another entry that took over the DN is not found.
    const guessed = guess === undefined ? undefined : await entryOf(session, branch, guess, wanted, isMeant);
    const entry = guessed ?? (await findEntries(session, branch, isMeant, wanted))[0];
    // Directories compare UUIDs in any case; a SCIM id is exact.
    if (!entry || idOf(this.#tree, entry) !== id) throw notFound(branch.type.name, id);
    this.#cache.remember(branch, entry);
    return entry;
  }

  /** The entries of `ids` that are still there, in their order. */
  async byIds({ session, branch }: Work, ids: readonly string[], without?: readonly Costly[]): Promise<Entry[]> {
    const { attribute, format } = this.#tree.profile.id;
    const tests = ids.flatMap((one) => {
      const value = idToLdap(format, one);
      return value === undefined ? [] : [equals(attribute, value)];
    });
    const found = await findAny(session, branch, tests, this.selection(branch, without));
    const byId = new Map(found.map((entry) => [idOf(this.#tree, entry), entry]));
    return ids.flatMap((one) => byId.get(one) ?? []);
  }

  /** The entry at `dn` as it is now; `undefined` when there is none, or it is none of the branch. */
  byDn({ session, branch }: Work, dn: string, without?: readonly Costly[]): Promise<Entry | undefined> {
    return entryOf(session, branch, dn, this.selection(branch, without));
  }
}
