import type { Complex } from '../../../scim/resource.ts';
import { type Holder, holderOf } from '../../../scim/schema/entitlement.ts';
import { equals } from '../directory/filter.ts';
import type { Directory, Entry, Session } from '../directory/session.ts';
import { type Branch, nameIn } from '../layout/branch.ts';
import { findEntries } from '../layout/branch-search.ts';
import type { EntitlementBranch } from '../layout/entitlement-branch.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import { createReader } from '../reading/create-reader.ts';
import type { Reader } from '../reading/reader.ts';
import { EveryGroup } from '../references/every-group.ts';
import { memberKey, type Reference, referenceSelection, referenceTo } from '../references/reference.ts';
import { LDAP_DEFAULTS } from '../settings/defaults.ts';
import type { LdapBackendOptions } from '../settings/options.ts';

/** More than anybody is asked for one by one. */
const A_PAGE = 1_000_000;

/** Entitlements of one kind that are groups: whoever is a member has it. Groups within them give nobody anything. */
export class GroupKind {
  readonly type: EntitlementBranch['type'];
  readonly branch: Branch;
  readonly holder: Holder;
  /** Reads these groups and knows nothing of others. */
  readonly reader: Reader;
  readonly #every: EveryGroup;

  private constructor({ type, branch }: EntitlementBranch, reader: Reader, ttl: number) {
    this.type = type;
    this.branch = branch;
    this.holder = holderOf(type);
    this.reader = reader;
    this.#every = new EveryGroup(reader.directory, reader.tree, ttl);
  }

  /** @throws LdapFailure */
  static async open(
    directory: Directory,
    signal: AbortSignal,
    whole: Tree,
    options: LdapBackendOptions,
    kind: EntitlementBranch,
  ): Promise<GroupKind> {
    const tree: Tree = { ...whole, groups: kind.branch, entitlements: [] };
    const { reference_ttl: ttl } = { ...LDAP_DEFAULTS, ...options.ldap };
    const reader = await createReader(directory, signal, tree, {
      ...options,
      ldap: { ...options.ldap, member_of: 'never' },
    });
    return new GroupKind(kind, reader, ttl);
  }

  /**
   * What each of several people has. For more than one, the members of all these groups are read once and kept for a short
   * time, so that a page costs as many searches as a person.
   */
  async held(work: Work, people: readonly Entry[]): Promise<readonly (readonly Reference[])[]> {
    const { membership } = this.reader.tree;
    const wanted = people.length > 1 ? A_PAGE : people.length;
    const all = await this.#every.instead(work.signal, this.branch, wanted);
    return Promise.all(
      people.map((entry) => {
        const value = this.valueOf(work.branch, entry);
        return all ? (all.get(memberKey(membership, value)) ?? []) : this.listing(work.session, value);
      }),
    );
  }

  /** The groups that list somebody now. */
  async listing(session: Session, member: string): Promise<readonly Reference[]> {
    const { tree } = this.reader;
    const isMeant = equals(tree.membership.attribute, member);
    const found = await findEntries(session, this.branch, isMeant, referenceSelection(tree, this.branch));
    return found.map((entry) => referenceTo(tree, this.branch, entry));
  }

  /** What stands for a person in the list of a group's members. */
  valueOf(people: Branch, entry: Entry): string {
    return this.reader.tree.membership.by === 'dn' ? entry.dn : nameIn(people, entry);
  }

  /** As a person shows it. */
  element({ id, display }: Reference): Complex {
    return { value: id, display, ...(this.holder === 'roles' ? {} : { type: this.type.name }) };
  }

  /** After a change of ours. */
  forget(): void {
    this.#every.forget();
    this.reader.caches.groups.forget();
  }
}
