import type { Backend, Call } from '../backend/backend.ts';
import type { Change } from '../scim/change.ts';
import type { Attributes, Resource } from '../scim/resource.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Gate } from './gate.ts';
import { EMPTYING, leavers, membershipShares, membersOf, namedLeavers, takesMembers } from './membership-losses.ts';
import type { Share } from './share.ts';

const WHOLE = { without: ['groups'], bare: true, freshness: 'remembered' } as const;

/** A group of so many times those who leave is not read for them. */
const FAR = 4;

/** What changes of groups take out of them. Reads who is in one only where it matters. */
export class Membership {
  readonly #inner: Backend;
  readonly #gate: Gate;

  constructor(inner: Backend, gate: Gate) {
    this.#inner = inner;
    this.#gate = gate;
  }

  /** @throws notFound, unavailable */
  async changed(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from: Resource | undefined,
  ): Promise<readonly Share[]> {
    if (!takesMembers(changes)) return [];
    const isRead = from?.attributes['members'] !== undefined && from.isPartial !== true;
    const earlier = await this.#gate.counted(call, { kind: 'removals', scope: id });
    const named = namedLeavers(changes);
    const isSmall = named !== undefined && !isRead && this.#isSmall(id, earlier + named.length);
    if (isSmall) return membershipShares(id, named, earlier, undefined);
    const before = membersOf((isRead ? from : await this.#inner.get(call, type, id, WHOLE)).attributes);
    const leaving = leavers(before, changes);
    this.#gate.population.learn(id, before.length + earlier);
    return membershipShares(id, leaving, earlier, before.length);
  }

  /** @throws unavailable */
  async deleted(call: Call, id: string, before: Attributes): Promise<readonly Share[]> {
    const members = membersOf(before);
    if (members.length === 0) return [];
    const earlier = await this.#gate.counted(call, { kind: 'removals', scope: id });
    this.#gate.population.learn(id, members.length + earlier);
    return membershipShares(id, members, earlier, members.length);
  }

  /** With those who have left within the window. @throws notFound, unavailable */
  async size(call: Call, type: ResourceType, id: string): Promise<number> {
    const earlier = await this.#gate.counted(call, { kind: 'removals', scope: id });
    const { attributes } = await this.#inner.get(call, type, id, WHOLE);
    return membersOf(attributes).length + earlier;
  }

  /** Whether so few are no emptying, whoever is in the group. */
  #isSmall(id: string, gone: number): boolean {
    const { removals } = this.#gate.limits;
    if (gone > removals.count) return false;
    return gone < EMPTYING || gone * FAR < (this.#gate.population.size(id) ?? 0);
  }
}
