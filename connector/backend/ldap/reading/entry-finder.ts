import { notFound } from '../../../scim/error.ts';
import type { Costly } from '../../../scim/query.ts';
import { entryAt } from '../directory/entry-at.ts';
import { allOf, anyOf, equals } from '../directory/filter.ts';
import type { Entry, Session } from '../directory/session.ts';
import { type Branch, binaryAttributes, entryAttributes, idOf, isNamed, type Tree } from '../layout/tree.ts';
import { idToLdap } from '../mapping/entry-id.ts';
import { batches, type References } from '../references/references.ts';

/** Reads whole entries, by id or by DN. */
export class EntryFinder {
  readonly #tree: Tree;
  readonly #references: References;
  readonly #memberOf: boolean;

  constructor(tree: Tree, references: References, memberOf: boolean) {
    this.#tree = tree;
    this.#references = references;
    this.#memberOf = memberOf;
  }

  /** What to ask for, so that an entry becomes a whole resource. */
  attributes(branch: Branch, without: readonly Costly[] = []): string[] {
    const { membership, profile } = this.#tree;
    const { hasMembers, showsGroups } = branch.type;
    // Where the version is a digest it must cover the members, whoever asks.
    const members = hasMembers && (profile.version === undefined || !without.includes('members'));
    const memberOf = showsGroups && this.#memberOf && !without.includes('groups');
    return [
      ...entryAttributes(this.#tree, branch),
      ...(members ? [membership.attribute] : []),
      ...(memberOf ? ['memberOf'] : []),
    ];
  }

  /** @throws notFound */
  async byId(session: Session, branch: Branch, id: string, without?: readonly Costly[]): Promise<Entry> {
    const { id: identity } = this.#tree.profile;
    const value = idToLdap(identity.format, id);
    const guess = this.#references.lastDn(id);
    if (value === undefined) throw notFound(branch.type.name, id);
    const filter = allOf([branch.objects, equals(identity.attribute, value)]);
    if (typeof filter === 'boolean') throw notFound(branch.type.name, id);
    const attributes = this.attributes(branch, without);
    const binary = binaryAttributes(this.#tree, branch);
    // The id is in the filter: another entry that took over the DN is not found.
    const guessed = guess === undefined ? undefined : await entryAt(session, guess, { filter, attributes, binary });
    const found = guessed ? [guessed] : [];
    for (const base of guessed ? [] : branch.bases) {
      found.push(...(await session.search({ base, scope: 'sub', filter, attributes, binary })));
    }
    const [entry] = found;
    // Directories compare UUIDs in any case; a SCIM id is exact.
    if (!entry || !isNamed(branch, entry) || idOf(this.#tree, entry) !== id) throw notFound(branch.type.name, id);
    this.#references.remember(branch, entry);
    return entry;
  }

  /** The entries of `ids` that are still there, in their order. */
  async byIds(session: Session, branch: Branch, ids: readonly string[], without?: readonly Costly[]): Promise<Entry[]> {
    const { id } = this.#tree.profile;
    const attributes = this.attributes(branch, without);
    const binary = binaryAttributes(this.#tree, branch);
    const pages = await Promise.all(
      batches(ids).map(async (some) => {
        const tests = some.flatMap((one) => {
          const value = idToLdap(id.format, one);
          return value === undefined ? [] : [equals(id.attribute, value)];
        });
        const filter = allOf([branch.objects, anyOf(tests)]);
        if (typeof filter === 'boolean') return [];
        const found = branch.bases.map((base) => session.search({ base, scope: 'sub', filter, attributes, binary }));
        return (await Promise.all(found)).flat();
      }),
    );
    const byId = new Map(
      pages
        .flat()
        .filter((entry) => isNamed(branch, entry))
        .map((entry) => [idOf(this.#tree, entry), entry]),
    );
    return ids.flatMap((one) => byId.get(one) ?? []);
  }

  /** The entry at `dn` as it is now; `undefined` when there is none, or it is none of `branch`. */
  async byDn(session: Session, branch: Branch, dn: string, without?: readonly Costly[]): Promise<Entry | undefined> {
    const entry = await entryAt(session, dn, {
      filter: branch.objects,
      attributes: this.attributes(branch, without),
      binary: binaryAttributes(this.#tree, branch),
    });
    return entry && isNamed(branch, entry) ? entry : undefined;
  }
}
