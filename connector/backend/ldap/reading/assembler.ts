import type { Read } from '../../../scim/query.ts';
import type { Bag, Complex, Resource } from '../../../scim/resource.ts';
import { normalDn } from '../directory/dn.ts';
import { entryAt } from '../directory/entry-at.ts';
import type { Entry, Session } from '../directory/session.ts';
import { isActive } from '../layout/activation.ts';
import { idOf } from '../layout/attribute-selection.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import { decodeEntry } from '../mapping/entry-to-resource.ts';
import type { GroupGraph, Memberships } from '../references/group-graph.ts';
import type { Reference } from '../references/reference.ts';
import type { References } from '../references/references.ts';
import { metaOf } from './entry-meta.ts';
import { memberElement, membersOf, readMembers } from './group-members.ts';
import { addPointers, pointedAt } from './pointers.ts';

/** What people are given by groups that are no groups of theirs: under the attribute of a user that lists it. */
export type GivenElements = Readonly<Record<string, readonly Complex[]>>;

export interface Given {
  /** In the order of `entries`, which are people. */
  of(work: Work, entries: readonly Entry[]): Promise<readonly GivenElements[]>;
}

/** Turns entries into resources, with the references that need other entries. */
export class Assembler {
  readonly #tree: Tree;
  readonly #references: References;
  readonly #graph: GroupGraph;
  readonly #given: Given | undefined;

  constructor(tree: Tree, references: References, graph: GroupGraph, given?: Given) {
    this.#tree = tree;
    this.#references = references;
    this.#graph = graph;
    this.#given = given;
  }

  /** In the order of `entries`. */
  async resources(work: Work, entries: readonly Entry[], { without = [] }: Read = {}): Promise<Resource[]> {
    if (entries.length === 0) return [];
    const { signal, session, branch } = work;
    const { isAccount, hasMembers, showsGroups } = branch.type;
    const withMembers = hasMembers && !without.includes('members');
    const withGroups = showsGroups && !without.includes('groups');
    const withGiven = isAccount && !without.includes('entitlements');
    const [known, locked, memberships, given] = await Promise.all([
      this.#others(work, entries, withMembers),
      isAccount ? this.#locked(session) : new Set<string>(),
      withGroups ? this.#graph.of(signal, session, branch, entries) : [],
      withGiven ? this.#given?.of(work, entries) : undefined,
    ]);
    return entries.map((entry, i) => {
      const attributes: Bag = { ...decodeEntry(branch.table, entry) };
      addPointers(attributes, branch.table, entry, known);
      const active = isAccount ? isActive(this.#tree.activation, entry, locked) : undefined;
      if (active !== undefined) attributes['active'] = active;
      add(attributes, 'groups', groupElements(memberships[i]));
      for (const [name, elements] of Object.entries(given?.[i] ?? {}))
        add(attributes, name, [...((attributes[name] ?? []) as readonly Complex[]), ...elements]);
      const members = withMembers ? membersOf(this.#tree.membership, entry, known) : [];
      add(attributes, 'members', members.map(memberElement));
      return {
        id: idOf(this.#tree, entry),
        meta: metaOf(this.#tree.profile, entry, withMembers || !hasMembers),
        attributes,
      };
    });
  }

  async resource(work: Work, entry: Entry, read?: Read): Promise<Resource> {
    const [resource] = await this.resources(work, [entry], read);
    return resource as Resource;
  }

  /** What the entries point at, and their members. */
  async #others(work: Work, entries: readonly Entry[], withMembers: boolean): Promise<ReadonlyMap<string, Reference>> {
    const dns = pointedAt(work.branch.table, entries);
    const pointed = dns.size === 0 ? undefined : await this.#references.byDn(work.session, dns);
    const members = withMembers
      ? await readMembers(this.#references, this.#tree.membership, work, entries)
      : new Map<string, Reference>();
    return pointed ? new Map([...pointed, ...members]) : members;
  }

  /** Normal DNs of the group of inactive people, where there is one. It is made when the first one is deactivated. */
  async #locked(session: Session): Promise<ReadonlySet<string>> {
    const { activation, membership } = this.#tree;
    if (activation.kind !== 'group') return new Set();
    const group = await entryAt(session, activation.group, { attributes: [membership.attribute] });
    return new Set((group?.attributes.get(membership.key) ?? []).map((dn) => normalDn(dn.toString())));
  }
}

function add(attributes: Bag, name: string, elements: readonly Complex[]): void {
  if (elements.length > 0) attributes[name] = elements;
}

function groupElements(memberships: Memberships | undefined): readonly Complex[] {
  const element =
    (type: string) =>
    ({ id, display }: Reference): Complex => ({ value: id, display, type });
  if (!memberships) return [];
  return [...memberships.direct.map(element('direct')), ...memberships.indirect.map(element('indirect'))];
}
