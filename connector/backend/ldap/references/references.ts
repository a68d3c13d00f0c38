import type { TypeName } from '../../../scim/schema/resource-type.ts';
import { isWithin, namingOf, normalDn } from '../directory/dn.ts';
import { equals } from '../directory/filter.ts';
import type { Directory, Entry, Session } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import { entryOf, findAny, readAll } from '../layout/branch-search.ts';
import { branchesOf, type Tree } from '../layout/tree.ts';
import { idToLdap } from '../mapping/entry-id.ts';
import { nameKey, type Reference, referenceSelection } from './reference.ts';
import type { ReferenceCache } from './reference-cache.ts';

/** Looking one entry up costs about as much as reading ten in a row (measured on OpenLDAP). */
const SCAN_FACTOR = 10;

/** Finds resources by DN, by name and by id. */
export class References {
  readonly #directory: Directory;
  readonly #tree: Tree;
  readonly #cache: ReferenceCache;
  /** How many entries each branch had when it was last counted. */
  readonly #population = new Map<TypeName, number>();

  constructor(directory: Directory, tree: Tree, cache: ReferenceCache) {
    this.#directory = directory;
    this.#tree = tree;
    this.#cache = cache;
  }

  /** Told by who counts anyway. */
  counted(type: TypeName, entries: number): void {
    this.#population.set(type, entries);
  }

  /**
   * The resources behind `dns`, under their normal DNs. Those that are none of ours are missing.
   * @param signal  given where there may be so many that one pass over all entries is cheaper
   */
  async byDn(session: Session, dns: Iterable<string>, signal?: AbortSignal): Promise<ReadonlyMap<string, Reference>> {
    const { found, missing } = this.#known(dns, normalDn);
    const take = (branch: Branch, entries: readonly Entry[]): void => {
      for (const entry of entries) {
        const key = normalDn(entry.dn);
        if (missing.has(key)) found.set(key, this.#cache.remember(branch, entry));
      }
    };
    if (missing.size === 0) return found;
    await Promise.all(
      branchesOf(this.#tree).map(async (branch) => {
        const inside = [...missing.values()].filter((dn) => branch.bases.some((base) => isWithin(dn, base)));
        if (signal && this.#isMostOf(branch, inside.length)) {
          const wanted = referenceSelection(this.#tree, branch);
          await readAll(this.#directory, signal, branch, wanted, () => (entries) => take(branch, entries));
        } else take(branch, await this.#at(session, branch, inside));
      }),
    );
    return found;
  }

  /** Users by `userName`, under the `nameKey`. */
  async byName(session: Session, names: Iterable<string>): Promise<ReadonlyMap<string, Reference>> {
    const { users } = this.#tree;
    const { found, missing } = this.#known(names, nameKey);
    const tests = [...missing.values()].map((name) => equals(users.natural.ldap, name));
    for (const entry of await findAny(session, users, tests, referenceSelection(this.#tree, users))) {
      const reference = this.#cache.remember(users, entry);
      found.set(nameKey(reference.name), reference);
    }
    return found;
  }

  /** Resources by id, from the directory itself. Unknown ones are missing. */
  async byId(
    session: Session,
    ids: Iterable<string>,
    branches = branchesOf(this.#tree),
  ): Promise<Map<string, Reference>> {
    const { id } = this.#tree.profile;
    const found = new Map<string, Reference>();
    const tests = [...new Set(ids)].flatMap((text) => {
      const value = idToLdap(id.format, text);
      return value === undefined ? [] : [equals(id.attribute, value)];
    });
    const look = async (branch: Branch): Promise<void> => {
      for (const entry of await findAny(session, branch, tests, referenceSelection(this.#tree, branch))) {
        const reference = this.#cache.remember(branch, entry);
        found.set(reference.id, reference);
      }
    };
    await Promise.all(branches.map(look));
    return found;
  }

  #known(
    texts: Iterable<string>,
    keyOf: (text: string) => string,
  ): { readonly found: Map<string, Reference>; readonly missing: ReadonlyMap<string, string> } {
    const found = new Map<string, Reference>();
    const missing = new Map<string, string>();
    for (const text of texts) {
      const key = keyOf(text);
      const known = this.#cache.get(key);
      if (known) found.set(key, known);
      else missing.set(key, text);
    }
    return { found, missing };
  }

  #isMostOf({ type }: Branch, count: number): boolean {
    return count * SCAN_FACTOR > (this.#population.get(type.name) ?? Number.POSITIVE_INFINITY);
  }

  /** The entries of `branch` at `dns`, found by their RDNs among others. */
  async #at(session: Session, branch: Branch, dns: readonly string[]): Promise<readonly Entry[]> {
    const wanted = referenceSelection(this.#tree, branch);
    const namings = dns.flatMap((dn) => namingOf(dn) ?? []);
    const tests = namings.map(({ attribute, value }) => equals(attribute, value));
    const found = [...(await findAny(session, branch, tests, wanted))];
    // A name of several values (cn=a+uid=b) is no single term.
    for (const dn of dns.filter((one) => namingOf(one) === undefined)) {
      const entry = await entryOf(session, branch, dn, wanted);
      if (entry) found.push(entry);
    }
    return found;
  }
}
