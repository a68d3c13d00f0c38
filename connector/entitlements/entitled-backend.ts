import type { Backend, Call } from '../backend/backend.ts';
import { ForwardingBackend } from '../backend/decorators/forwarding-backend.ts';
import type { Change, Element } from '../scim/change.ts';
import type { Page, Query, Read } from '../scim/query.ts';
import type { Attributes, Bag, Changed, Resource } from '../scim/resource.ts';
import { type Holder, isHolder } from '../scim/schema/entitlement.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { type Assignment, assignmentsIn, keyOf } from './assignment.ts';
import { withNames } from './display.ts';
import { type Entitlements, kindNamed, kindsIn } from './entitlements.ts';
import { judged } from './judge.ts';
import { refuseNames } from './refuse-names.ts';

const listOf = (attributes: Attributes | undefined, holder: Holder): readonly Element[] =>
  (attributes?.[holder] ?? []) as readonly Element[];

/**
 * What people are given, checked before it is written and named when it is shown (docs/entitlements.md). The store keeps
 * `{ value, type }`, or changes what it has instead of a list.
 */
export class EntitledBackend extends ForwardingBackend {
  readonly #entitlements: Entitlements;
  readonly #holders: readonly Holder[];
  /** What the store has of a resource that is shown without a part of it. */
  readonly #whole = new WeakMap<Resource, Resource>();

  constructor(inner: Backend, entitlements: Entitlements) {
    super(inner);
    this.#entitlements = entitlements;
    this.#holders = [...new Set(entitlements.map(({ holder }) => holder))];
  }

  /** @throws invalidValue for what is not known */
  override async create(call: Call, type: ResourceType, attributes: Attributes, read?: Read): Promise<Resource> {
    if (!type.isAccount) return super.create(call, type, attributes, read);
    const checked: Bag = { ...attributes };
    for (const holder of this.#holders) {
      const wanted = await judged(call, this.#entitlements, holder, this.#sent(holder, listOf(attributes, holder)), []);
      if (wanted.length > 0) checked[holder] = wanted;
      else delete checked[holder];
    }
    return this.#shown(call, await super.create(call, type, checked, read));
  }

  override async get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    return this.#shown(call, await super.get(call, type, id, read));
  }

  /** @throws invalidFilter for what entitlements are called, which no person keeps */
  override async list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    if (type.isAccount) refuseNames(query);
    const page = await super.list(call, type, query);
    return type.isAccount ? { ...page, resources: await this.#named(call, page.resources) } : page;
  }

  /** @throws invalidValue for what is not known and was not there before */
  override async modify(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
    read?: Read,
  ): Promise<Changed> {
    const checked = type.isAccount ? await this.#checked(call, type, id, changes, from) : changes;
    const whole = from && (this.#whole.get(from) ?? from);
    return this.#shown(call, await super.modify(call, type, id, checked, whole, read));
  }

  /** In the form in which it is stored; what no kind claims goes past the store, which would take it for one. */
  override asKept(type: ResourceType, attributes: Attributes): Attributes {
    const held = type.isAccount ? this.#holders.filter((holder) => Array.isArray(attributes[holder])) : [];
    if (held.length === 0) return super.asKept(type, attributes);
    const claimed: Bag = { ...attributes };
    const others = new Map<Holder, readonly Assignment[]>();
    for (const holder of held) {
      const kinds = kindsIn(this.#entitlements, holder);
      const isClaimed = ({ type: name }: Assignment): boolean =>
        holder === 'roles' || (typeof name === 'string' && kindNamed(kinds, name) !== undefined);
      const sent = this.#sent(holder, listOf(attributes, holder));
      claimed[holder] = sent.filter(isClaimed);
      others.set(
        holder,
        sent.filter((one) => !isClaimed(one)),
      );
    }
    const kept: Bag = { ...super.asKept(type, claimed) };
    for (const [holder, rest] of others) {
      const all = [...listOf(kept, holder), ...rest] as Assignment[];
      if (all.length > 0) kept[holder] = all;
      else delete kept[holder];
    }
    return kept;
  }

  #sent(holder: Holder, elements: readonly Element[]): readonly Assignment[] {
    return assignmentsIn(kindsIn(this.#entitlements, holder), holder, elements);
  }

  async #named<R extends Resource>(call: Call, resources: readonly R[]): Promise<readonly R[]> {
    const named = await withNames(call, this.#entitlements, resources);
    for (const [i, resource] of resources.entries()) {
      const shown = named[i];
      if (shown && shown !== resource) this.#whole.set(shown, resource);
    }
    return named;
  }

  async #shown<R extends Resource>(call: Call, resource: R): Promise<R> {
    const [shown = resource] = await this.#named(call, [resource]);
    return shown;
  }

  async #checked(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from: Resource | undefined,
  ): Promise<readonly Change[]> {
    const isOurs = ({ path }: Change): boolean =>
      path.extension === undefined && isHolder(path.attribute) && this.#holders.includes(path.attribute);
    if (!changes.some(isOurs)) return changes;
    const seen = from ?? (await this.get(call, type, id, { without: ['groups'] }));
    return Promise.all(changes.map((change) => (isOurs(change) ? this.#judgedChange(call, change, seen) : change)));
  }

  async #judgedChange(call: Call, change: Change, seen: Resource): Promise<Change> {
    const { path } = change;
    const holder = path.attribute as Holder;
    const has = this.#sent(holder, listOf((this.#whole.get(seen) ?? seen).attributes, holder));
    const visible = new Set(this.#sent(holder, listOf(seen.attributes, holder)).map(keyOf));
    const wanted = this.#wanted(
      holder,
      change,
      has.filter((one) => visible.has(keyOf(one))),
    );
    const good = await judged(call, this.#entitlements, holder, wanted, has);
    const keys = new Set(good.map(keyOf));
    const all = [...good, ...has.filter((one) => !visible.has(keyOf(one)) && !keys.has(keyOf(one)))];
    return all.length > 0 ? { op: 'set', path, value: all } : { op: 'unset', path };
  }

  /** All that somebody shall have after `change`. */
  #wanted(holder: Holder, change: Change, has: readonly Assignment[]): readonly Assignment[] {
    if (change.op === 'unset') return [];
    if (change.op === 'set') return this.#sent(holder, change.value as readonly Element[]);
    const named = this.#sent(holder, change.values);
    const keys = new Set(named.map(keyOf));
    const others = has.filter((one) => !keys.has(keyOf(one)));
    return change.op === 'add' ? [...others, ...named] : others;
  }
}
