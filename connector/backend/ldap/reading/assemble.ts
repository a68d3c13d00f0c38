import { createHash } from 'node:crypto';
import { formatDateTime } from '../../../scim/date-time.ts';
import type { Read } from '../../../scim/query.ts';
import type { Attributes, Bag, Complex, Meta, Resource, Scalar } from '../../../scim/resource.ts';
import { normalDn } from '../directory/dn.ts';
import { entryAt } from '../directory/entry-at.ts';
import { type Entry, firstText, type Session } from '../directory/session.ts';
import { isActive } from '../layout/activation.ts';
import { type Branch, idOf, nameIn, type Tree } from '../layout/tree.ts';
import { keyOf, type Row } from '../mapping/attribute-mapping.ts';
import { decodeEntry, readValues } from '../mapping/entry-to-resource.ts';
import { parseTime } from '../mapping/syntax.ts';
import type { GroupGraph, Memberships } from '../references/group-graph.ts';
import { realMembers } from '../references/membership-plan.ts';
import { memberKey, type Reference, type References } from '../references/references.ts';

const EPOCH = formatDateTime(0);

/** Turns entries into resources, with the references that need other entries. One request, one session. */
export class Assembler {
  readonly #tree: Tree;
  readonly #references: References;
  readonly #graph: GroupGraph;

  constructor(tree: Tree, references: References, graph: GroupGraph) {
    this.#tree = tree;
    this.#references = references;
    this.#graph = graph;
  }

  /** In the order of `entries`. */
  async resources(
    signal: AbortSignal,
    session: Session,
    branch: Branch,
    entries: readonly Entry[],
    { without = [] }: Read = {},
  ): Promise<Resource[]> {
    if (entries.length === 0) return [];
    const { isAccount, hasMembers, showsGroups } = branch.type;
    const [known, locked, memberships] = await Promise.all([
      this.#referred(signal, session, branch, entries, hasMembers && !without.includes('members')),
      isAccount ? this.#locked(session) : new Set<string>(),
      showsGroups && !without.includes('groups')
        ? this.#graph.of(
            signal,
            session,
            entries,
            entries.map((entry) => nameIn(branch, entry)),
          )
        : [],
    ]);
    return entries.map((entry, i) => {
      const attributes: Bag = { ...decodeEntry(branch.table, entry) };
      for (const row of branch.table.rows) this.#point(attributes, row, entry, known);
      if (isAccount) {
        const active = isActive(this.#tree.activation, entry, locked);
        if (active !== undefined) attributes['active'] = active;
      }
      addGroups(attributes, memberships[i]);
      if (hasMembers && !without.includes('members')) {
        const members = this.members(entry, known);
        if (members.length > 0) attributes['members'] = members.map(memberElement);
      }
      return { id: idOf(this.#tree, entry), meta: this.#meta(entry), attributes };
    });
  }

  versionOf(entry: Entry): string {
    const { version, id } = this.#tree.profile;
    const own = version === undefined ? undefined : firstText(entry.attributes, version);
    if (own !== undefined) return own;
    const hash = createHash('sha256');
    const key = keyOf(id.attribute);
    for (const [name, values] of [...entry.attributes].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (name !== key && name !== 'memberof') hash.update(`${name}\0`).update(values.map(String).sort().join('\0'));
    }
    return hash.digest('base64url').slice(0, 16);
  }

  /** The members of a group that are resources, without its placeholder. */
  members(entry: Entry, known: ReadonlyMap<string, Reference>): Reference[] {
    const { membership } = this.#tree;
    const values = (entry.attributes.get(membership.key) ?? []).map(String);
    return values.flatMap((value) => known.get(memberKey(membership, value)) ?? []);
  }

  /** What the members of groups are called. */
  async memberReferences(
    signal: AbortSignal,
    session: Session,
    entries: readonly Entry[],
  ): Promise<ReadonlyMap<string, Reference>> {
    const { membership } = this.#tree;
    const values = entries.flatMap(({ attributes }) => (attributes.get(membership.key) ?? []).map(String));
    if (membership.by === 'name') return this.#references.byName(session, values);
    return this.#references.byDn(session, realMembers(membership, values), signal);
  }

  async #referred(
    signal: AbortSignal,
    session: Session,
    branch: Branch,
    entries: readonly Entry[],
    members: boolean,
  ): Promise<ReadonlyMap<string, Reference>> {
    const rows = branch.table.rows.filter(({ syntax, readable }) => readable && syntax.name === 'dn');
    const dns = entries.flatMap((entry) => rows.flatMap((row) => readValues(row, entry).map(String)));
    const known = new Map(dns.length === 0 ? [] : await this.#references.byDn(session, new Set(dns)));
    if (!members) return known;
    const found = await this.memberReferences(signal, session, entries);
    if (known.size === 0) return found;
    for (const [key, reference] of found) known.set(key, reference);
    return known;
  }

  /** An id in place of a DN: `manager` and the operator's own rows of syntax `dn`. */
  #point(
    attributes: Bag,
    { target, readable, syntax, key }: Row,
    entry: Entry,
    known: ReadonlyMap<string, Reference>,
  ): void {
    if (!readable || syntax.name !== 'dn' || !target) return;
    const [dn] = entry.attributes.get(key) ?? [];
    const reference = dn === undefined ? undefined : known.get(normalDn(dn.toString()));
    if (!reference) return;
    const { extension, attribute, sub } = target;
    const bag: Bag = extension ? { ...(attributes[extension.urn] as Attributes | undefined) } : attributes;
    if (!sub) bag[attribute.name] = reference.id;
    else {
      const name: Complex = reference.displayName === undefined ? {} : { displayName: reference.displayName };
      bag[attribute.name] = { ...(bag[attribute.name] as Complex | undefined), [sub.name]: reference.id, ...name };
    }
    if (extension) attributes[extension.urn] = bag as Attributes;
  }

  async #locked(session: Session): Promise<ReadonlySet<string>> {
    const { activation, membership } = this.#tree;
    if (activation.kind !== 'group') return new Set();
    // The group is made when the first person is deactivated.
    const group = await entryAt(session, activation.group, { attributes: [membership.attribute] });
    return new Set((group?.attributes.get(membership.key) ?? []).map((dn) => normalDn(dn.toString())));
  }

  #meta(entry: Entry): Meta {
    const { created, lastModified } = this.#tree.profile;
    const time = (attribute: string): string => {
      const ms = parseTime(firstText(entry.attributes, attribute) ?? '');
      return ms === undefined ? EPOCH : formatDateTime(ms);
    };
    return { created: time(created), lastModified: time(lastModified), version: this.versionOf(entry) };
  }
}

export const memberElement = ({ id, display, type }: Reference): Complex => ({ value: id, display, type });

function addGroups(attributes: Bag, memberships: Memberships | undefined): void {
  if (!memberships) return;
  const element =
    (type: string) =>
    (group: Reference): Record<string, Scalar> => ({ value: group.id, display: group.display, type });
  const groups = [...memberships.direct.map(element('direct')), ...memberships.indirect.map(element('indirect'))];
  if (groups.length > 0) attributes['groups'] = groups;
}
