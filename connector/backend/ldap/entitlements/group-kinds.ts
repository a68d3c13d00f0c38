import type { Change, Element } from '../../../scim/change.ts';
import { type Attributes, type Bag, isComplex, type Value } from '../../../scim/resource.ts';
import { isHolder } from '../../../scim/schema/entitlement.ts';
import type { Directory, Entry } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import { rowsFor } from '../mapping/attribute-mapping.ts';
import type { Given, GivenElements } from '../reading/assembler.ts';
import type { LdapBackendOptions } from '../settings/options.ts';
import { GroupKind } from './group-kind.ts';

const listOf = (value: unknown): readonly Element[] => (Array.isArray(value) ? value : []);

/** All kinds of entitlements that are groups in a directory, and what of a person's lists is theirs. */
export class GroupKinds implements Given {
  readonly kinds: readonly GroupKind[];
  readonly #tree: Tree;

  private constructor(kinds: readonly GroupKind[], tree: Tree) {
    this.kinds = kinds;
    this.#tree = tree;
  }

  /** @throws LdapFailure */
  static async open(
    directory: Directory,
    signal: AbortSignal,
    tree: Tree,
    options: LdapBackendOptions,
  ): Promise<GroupKinds> {
    const each = tree.entitlements.map((kind) => GroupKind.open(directory, signal, tree, options, kind));
    return new GroupKinds(await Promise.all(each), tree);
  }

  async of(work: Work, entries: readonly Entry[]): Promise<readonly GivenElements[]> {
    const held = await Promise.all(this.kinds.map((kind) => kind.held(work, entries)));
    return entries.map((_, i) => {
      const elements: Record<string, readonly Attributes[]> = {};
      for (const [n, kind] of this.kinds.entries()) {
        const own = (held[n]?.[i] ?? []).map((group) => kind.element(group));
        elements[kind.holder] = [...(elements[kind.holder] ?? []), ...own];
      }
      return elements as GivenElements;
    });
  }

  /** The kind of groups that an element of `holder` means; absent for one that is a value in the person's own entry. */
  kindOf(holder: string, element: Element): GroupKind | undefined {
    const type = isComplex(element) ? element['type'] : undefined;
    return this.kinds.find((kind) => kind.holder === holder && (holder === 'roles' || kind.type.name === type));
  }

  /** Without what groups stand for. */
  withoutGiven(attributes: Attributes): Attributes {
    const rest: Bag = { ...attributes };
    for (const { holder } of this.kinds) {
      const own = listOf(attributes[holder]).filter((element) => !this.kindOf(holder, element));
      if (own.length > 0) rest[holder] = own as Value;
      else delete rest[holder];
    }
    return rest;
  }

  /** `kept`, with what of `attributes` groups stand for. */
  withGiven(kept: Attributes, attributes: Attributes): Attributes {
    const whole: Bag = { ...kept };
    for (const holder of new Set(this.kinds.map((kind) => kind.holder))) {
      const given = listOf(attributes[holder]).filter((element) => this.kindOf(holder, element));
      if (given.length > 0) whole[holder] = [...listOf(kept[holder]), ...given] as Value;
    }
    return whole;
  }

  /** Whether a change is of a list that groups stand for. */
  concerns({ path }: Change): boolean {
    return path.extension === undefined && this.kinds.some(({ holder }) => holder === path.attribute);
  }

  /** What of `changes` is for the person's own entry. */
  own(changes: readonly Change[]): readonly Change[] {
    return changes.flatMap((change): readonly Change[] => {
      const { path } = change;
      if (!this.concerns(change) || !isHolder(path.attribute)) return [change];
      if (rowsFor(this.#tree.users.table, path.attribute).length === 0) return [];
      if (change.op === 'unset') return [change];
      const elements = change.op === 'set' ? listOf(change.value) : change.values;
      const own = elements.filter((element) => !this.kindOf(path.attribute, element));
      if (change.op !== 'set') return own.length > 0 ? [{ ...change, values: own }] : [];
      return own.length > 0 ? [{ op: 'set', path, value: own as Value }] : [{ op: 'unset', path }];
    });
  }

  forget(): void {
    for (const kind of this.kinds) kind.forget();
  }
}
