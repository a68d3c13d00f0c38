import type { Backend, Call } from '../backend/backend.ts';
import { ForwardingBackend } from '../backend/decorators/forwarding-backend.ts';
import type { Change } from '../scim/change.ts';
import { ScimError } from '../scim/error.ts';
import type { Read } from '../scim/query.ts';
import type { Attributes, Changed, Resource } from '../scim/resource.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { isOwnExamination } from '../service/examination.ts';
import type { Gate } from './gate.ts';
import { heldRequest, type Intended } from './held-request.ts';
import { heldError } from './hold-text.ts';
import type { Hold } from './ledger.ts';
import { Membership } from './membership.ts';
import type { Share } from './share.ts';
import { sharesOf } from './shares-of.ts';

const UNCHANGED = { without: ['groups'], bare: true, freshness: 'remembered' } as const;

/** The store has refused and done nothing. What it left without an answer may have been done. */
const isRefusal = (error: unknown): boolean => error instanceof ScimError && error.reason !== 'unavailable';

/** Counts what would be hard to undo, and holds an app's writes when it is too much (docs/holds.md). */
export class HoldingBackend extends ForwardingBackend {
  readonly #gate: Gate;
  readonly #membership: Membership;

  constructor(inner: Backend, gate: Gate) {
    super(inner);
    this.#gate = gate;
    this.#membership = new Membership(inner, gate);
  }

  /** @throws throttled  the app is held */
  override async create(call: Call, type: ResourceType, attributes: Attributes, read?: Read): Promise<Resource> {
    const hold = await this.#gate.holdOn(call);
    if (hold) return this.#hold(call, hold, { operation: 'create', type, made: attributes, shares: [] });
    return super.create(call, type, attributes, read);
  }

  /** @throws throttled, forbidden, unavailable */
  override async modify(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
    read?: Read,
  ): Promise<Changed> {
    const hold = await this.#gate.holdOn(call);
    if (!hold && !this.#gate.limits.enabled) return super.modify(call, type, id, changes, from, read);
    const before = from?.attributes ?? (await this.#before(call, type, id, changes));
    const shares = [
      ...(before ? sharesOf(type, id, before, changes) : []),
      ...(type.hasMembers ? await this.#membership.changed(call, type, id, changes, from) : []),
    ];
    const intended: Intended = { operation: 'modify', type, id, changes, shares, ...(before ? { before } : {}) };
    if (hold) return this.#hold(call, hold, intended);
    const write = (): Promise<Changed> => super.modify(call, type, id, changes, from, read);
    if (shares.length === 0 || isOwnExamination(call, before?.[type.naturalKey])) return write();
    return this.#counted(call, intended, write, ({ unchanged }) => unchanged === true);
  }

  /** @throws throttled, forbidden, unavailable */
  override async delete(call: Call, type: ResourceType, id: string, from?: Resource): Promise<void> {
    const hold = await this.#gate.holdOn(call);
    if (!hold && !this.#gate.limits.enabled) return super.delete(call, type, id, from);
    const { attributes: before } = await this.inner.get(call, type, id, UNCHANGED);
    const shares: readonly Share[] = [
      { kind: 'deletions', scope: type.plural, key: id, amount: 1 },
      ...(type.hasMembers ? this.#membership.deleted(id, before) : []),
    ];
    const intended: Intended = { operation: 'delete', type, id, before, shares };
    if (hold) return this.#hold(call, hold, intended);
    const write = (): Promise<void> => super.delete(call, type, id, from);
    if (isOwnExamination(call, before[type.naturalKey])) return write();
    // Who is deleted is not there any more when it matters how many there were.
    const { population } = this.#gate;
    const [share] = shares;
    if (share && population.size(type.plural) === undefined)
      population.learn(type.plural, await this.#count(call, intended, share));
    await this.#counted(call, intended, write);
  }

  /** What is there, where a change is not worked out from it and may do more than take members in or out. */
  async #before(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
  ): Promise<Attributes | undefined> {
    const isFree = changes.every(({ path }) => path.attribute === 'members' || path.attribute === 'password');
    if (isFree) return undefined;
    const without = ['groups', 'members'] as const;
    return (await this.inner.get(call, type, id, { without, freshness: 'remembered' })).attributes;
  }

  /** @throws throttled, always */
  async #hold(call: Call, hold: Hold, intended: Intended): Promise<never> {
    await this.#gate.keep(call, hold, heldRequest(intended));
    throw heldError(hold, false);
  }

  async #counted<T>(
    call: Call,
    intended: Intended,
    write: () => Promise<T>,
    isNothing: (result: T) => boolean = () => false,
  ): Promise<T> {
    const taken = await this.#gate.claim(
      call,
      intended.shares,
      () => heldRequest(intended),
      (share) => this.#count(call, intended, share),
    );
    try {
      const result = await write();
      if (isNothing(result)) await this.#gate.giveBack(call, taken);
      return result;
    } catch (error) {
      if (isRefusal(error)) await this.#gate.giveBack(call, taken);
      throw error;
    }
  }

  /** How many there are. @throws unavailable */
  async #count(call: Call, { type }: Intended, { kind, scope }: Share): Promise<number> {
    if (kind === 'removals') return this.#membership.size(call, type, scope);
    const { total } = await this.inner.list(call, type, { offset: 0, limit: 0 });
    return total;
  }
}
