import { displayName } from '../../../scim/names.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import { isWithin, namingOf, normalDn } from '../directory/dn.ts';
import { entryAt } from '../directory/entry-at.ts';
import { allOf, anyOf, equals, type Test } from '../directory/filter.ts';
import type { Directory, Entry, Search, Session } from '../directory/session.ts';
import {
  type Branch,
  binaryAttributes,
  branchesOf,
  idOf,
  isNamed,
  type Membership,
  nameIn,
  type Tree,
} from '../layout/tree.ts';
import { type Row, rowsFor } from '../mapping/attribute-mapping.ts';
import { idToLdap } from '../mapping/entry-id.ts';
import { decodeEntry } from '../mapping/entry-to-resource.ts';

/** A resource as others refer to it. */
export interface Reference {
  readonly id: string;
  readonly type: TypeName;
  readonly dn: string;
  /** `userName` or `displayName`. */
  readonly name: string;
  /** How it is called in `members` and `groups`. */
  readonly display: string;
  readonly displayName?: string;
}

/** Terms of one OR: beyond this, servers get slower per term (docs/directories.md, Lists). */
const BATCH = 100;
const CAPACITY = 25_000;
/** Looking one entry up costs about as much as reading ten in a row (measured on OpenLDAP). */
const SCAN_FACTOR = 10;

export const batches = <T>(items: readonly T[]): (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / BATCH) }, (_, i) => items.slice(i * BATCH, (i + 1) * BATCH));

/**
 * Finds resources by DN, by name and by id. What it remembers is for display and for a first guess at a DN: whoever
 * is about to write asks the directory again.
 */
export class References {
  readonly #directory: Directory;
  readonly #tree: Tree;
  /** Unit: ms. */
  readonly #ttl: number;
  /** How many entries each branch had when it was last counted. */
  readonly #population = new Map<TypeName, number>();
  readonly #byKey = new Map<string, { readonly reference: Reference; readonly until: number }>();
  readonly #dnById = new Map<string, string>();

  constructor(directory: Directory, tree: Tree, ttl: number) {
    this.#directory = directory;
    this.#tree = tree;
    this.#ttl = ttl;
  }

  /** Told by who counts anyway. */
  counted(type: TypeName, entries: number): void {
    this.#population.set(type, entries);
  }

  /** Where an entry was last seen. A guess. */
  lastDn(id: string): string | undefined {
    return this.#dnById.get(id);
  }

  /** @param entry  with the attributes of `referenceAttributes`, or all */
  remember(branch: Branch, entry: Entry): Reference {
    const reference = referenceTo(this.#tree, branch, entry);
    this.#store(normalDn(reference.dn), reference);
    if (this.#tree.membership.by === 'name') this.#store(nameKey(reference.name), reference);
    this.#dnById.delete(reference.id);
    this.#dnById.set(reference.id, reference.dn);
    if (this.#dnById.size > CAPACITY) drop(this.#dnById);
    return reference;
  }

  forget(dn: string, id: string): void {
    const gone = this.#byKey.get(normalDn(dn));
    if (gone) this.#byKey.delete(nameKey(gone.reference.name));
    this.#byKey.delete(normalDn(dn));
    this.#dnById.delete(id);
  }

  /**
   * The resources behind `dns`, under their normal DNs. Those that are none of ours are missing.
   * @param signal  given where there may be so many that one pass over all entries is cheaper
   */
  async byDn(session: Session, dns: Iterable<string>, signal?: AbortSignal): Promise<ReadonlyMap<string, Reference>> {
    const found = new Map<string, Reference>();
    const missing = new Map<string, string>();
    for (const dn of dns) {
      const key = normalDn(dn);
      const known = this.#fresh(key);
      if (known) found.set(key, known);
      else missing.set(key, dn);
    }
    const take = (branch: Branch, entries: readonly Entry[]): void => {
      for (const entry of entries) {
        const key = normalDn(entry.dn);
        if (missing.has(key)) found.set(key, this.remember(branch, entry));
      }
    };
    if (missing.size === 0) return found;
    await Promise.all(
      branchesOf(this.#tree).map(async (branch) => {
        const inside = [...missing.values()].filter((dn) => branch.bases.some((base) => isWithin(dn, base)));
        const population = this.#population.get(branch.type.name) ?? Number.POSITIVE_INFINITY;
        if (signal && inside.length * SCAN_FACTOR > population) {
          await this.#scan(signal, branch, (entries) => take(branch, entries));
          return;
        }
        const namings = inside.flatMap((dn) => namingOf(dn) ?? []);
        const tests = namings.map(({ attribute, value }) => equals(attribute, value));
        take(branch, await this.#search(session, branch, tests));
        // A name of several values (cn=a+uid=b) is no single term.
        for (const dn of inside.filter((one) => namingOf(one) === undefined)) {
          const entry = await entryAt(session, dn, { filter: branch.objects, ...this.#wanted(branch) });
          if (entry && isNamed(branch, entry)) take(branch, [entry]);
        }
      }),
    );
    return found;
  }

  async #scan(signal: AbortSignal, branch: Branch, take: (entries: readonly Entry[]) => void): Promise<void> {
    for (const base of branch.bases) {
      const search = { base, scope: 'sub', filter: branch.named, ...this.#wanted(branch) } as const;
      await this.#directory.cursor(signal, async (cursor) => {
        for await (const entries of cursor.pages(search)) take(entries);
      });
    }
  }

  /** Users by `userName`, under the lower-case name. */
  async byName(session: Session, names: Iterable<string>): Promise<ReadonlyMap<string, Reference>> {
    const { users } = this.#tree;
    const found = new Map<string, Reference>();
    const missing: string[] = [];
    for (const name of names) {
      const known = this.#fresh(nameKey(name));
      if (known) found.set(nameKey(name), known);
      else missing.push(name);
    }
    for (const entry of await this.#search(
      session,
      users,
      missing.map((name) => equals(users.natural.ldap, name)),
    )) {
      const reference = this.remember(users, entry);
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
    for (const branch of branches) {
      for (const entry of await this.#search(session, branch, tests)) {
        const reference = this.remember(branch, entry);
        found.set(reference.id, reference);
      }
    }
    return found;
  }

  async #search(session: Session, branch: Branch, tests: readonly Test[]): Promise<Entry[]> {
    const searches = batches(tests).flatMap((some) => {
      const filter = allOf([branch.objects, anyOf(some)]);
      if (typeof filter === 'boolean') return [];
      return branch.bases.map((base) => session.search({ base, scope: 'sub', filter, ...this.#wanted(branch) }));
    });
    return (await Promise.all(searches)).flat().filter((entry) => isNamed(branch, entry));
  }

  #wanted(branch: Branch): Pick<Search, 'attributes' | 'binary'> {
    return { attributes: referenceAttributes(this.#tree, branch), binary: binaryAttributes(this.#tree, branch) };
  }

  #fresh(key: string): Reference | undefined {
    const known = this.#byKey.get(key);
    return known && known.until > performance.now() ? known.reference : undefined;
  }

  #store(key: string, reference: Reference): void {
    this.#byKey.delete(key);
    this.#byKey.set(key, { reference, until: performance.now() + this.#ttl });
    if (this.#byKey.size > CAPACITY) drop(this.#byKey);
  }
}

/** User names never hold a NUL, DNs in their normal form never start with one. */
const nameKey = (name: string): string => `\0${name.toLowerCase()}`;

/** The key that `byDn` or `byName` puts a member of a group under. */
export const memberKey = ({ by }: Membership, value: string): string =>
  by === 'dn' ? normalDn(value) : nameKey(value);

function drop(map: Map<string, unknown>): void {
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}

const displayRows = ({ table, natural }: Branch): readonly Row[] => [
  natural,
  ...rowsFor(table, 'displayName'),
  ...rowsFor(table, 'name').filter(({ target }) => target?.sub?.name === 'formatted'),
];

export const referenceAttributes = ({ profile }: Tree, branch: Branch): string[] => [
  ...new Set([profile.id.attribute, ...displayRows(branch).map(({ ldap }) => ldap)]),
];

export function referenceTo(tree: Tree, branch: Branch, entry: Entry): Reference {
  const attributes = decodeEntry({ type: branch.type, rows: displayRows(branch) }, entry);
  const { displayName: own } = attributes;
  const name = nameIn(branch, entry);
  return {
    id: idOf(tree, entry),
    type: branch.type.name,
    dn: entry.dn,
    name,
    display: displayName(branch.type, attributes) || name,
    ...(own === undefined ? {} : { displayName: String(own) }),
  };
}
