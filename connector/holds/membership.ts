import type { Backend, Call } from '../backend/backend.ts';
import type { Change } from '../scim/change.ts';
import type { Attributes, Resource } from '../scim/resource.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Gate } from './gate.ts';
import { leavers, membersOf, namedLeavers, removalShares, takesMembers } from './membership-losses.ts';
import type { Share } from './share.ts';

const WHOLE = { without: ['groups'], bare: true, freshness: 'remembered' } as const;

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
    const isSmall = named !== undefined && earlier + named.length <= this.#gate.limits.removals.count;
    if (isSmall && !isRead) return removalShares(id, named);
    const before = membersOf((isRead ? from : await this.#inner.get(call, type, id, WHOLE)).attributes);
    const leaving = leavers(before, changes);
    this.#gate.population.learn(id, before.length);
    return removalShares(id, leaving);
  }

  deleted(id: string, before: Attributes): readonly Share[] {
    const members = membersOf(before);
    this.#gate.population.learn(id, members.length);
    return removalShares(id, members);
  }

  /** @throws notFound, unavailable */
  async size(call: Call, type: ResourceType, id: string): Promise<number> {
    return membersOf((await this.#inner.get(call, type, id, WHOLE)).attributes).length;
  }
}
