import { type Change, type Element, isChangeOf } from '../../scim/change.ts';
import { ScimError } from '../../scim/error.ts';
import type { Read } from '../../scim/query.ts';
import { type Changed, isComplex, type Resource, type Value } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Backend, Call } from '../backend.ts';
import { ForwardingBackend } from './forwarding-backend.ts';

const valuesOf = (elements: Value | readonly Element[]): readonly unknown[] =>
  (Array.isArray(elements) ? elements : []).map((element) => (isComplex(element) ? element['value'] : element));

/** Of the members in `before` those that are not left after `changes`. */
function leaving(before: readonly unknown[], changes: readonly Change[]): number {
  const left = new Set(before);
  for (const change of changes) {
    if (change.op === 'set' || change.op === 'unset') left.clear();
    if (change.op === 'set') for (const value of valuesOf(change.value)) left.add(value);
    if (change.op === 'add') for (const value of valuesOf(change.values)) left.add(value);
    if (change.op === 'remove') for (const value of valuesOf(change.values)) left.delete(value);
  }
  return before.filter((value) => !left.has(value)).length;
}

/** Stops a change that would empty a group by mistake (docs/okta-agent.md, "Group push"). */
export class GroupRemovalGuard extends ForwardingBackend {
  readonly #limit: number;

  /** @param limit  largest share of a group's members that one change may take away. Unit: percent */
  constructor(inner: Backend, limit: number) {
    super(inner);
    this.#limit = limit;
  }

  /** @throws forbidden */
  override async modify(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
    read?: Read,
  ): Promise<Changed> {
    const members = changes.filter(isChangeOf('members'));
    // Who only joins takes nobody away.
    if (members.some(({ op }) => op !== 'add')) this.#judge(await this.#members(call, type, id, from), members);
    return super.modify(call, type, id, changes, from, read);
  }

  /** Ids of those who are in the group, read where nobody has. */
  async #members(call: Call, type: ResourceType, id: string, from?: Resource): Promise<readonly unknown[]> {
    const read = { without: ['groups'], bare: true, freshness: 'remembered' } as const;
    const { attributes } = from?.attributes['members'] ? from : await this.inner.get(call, type, id, read);
    return valuesOf((attributes['members'] ?? []) as Value);
  }

  #judge(members: readonly unknown[], changes: readonly Change[]): void {
    const before = members.length;
    const gone = leaving(members, changes);
    if (gone * 100 <= before * this.#limit) return;
    const text = `members: this would remove ${gone} of ${before} members; the limit is ${this.#limit} %`;
    throw new ScimError('forbidden', `${text} (max_group_removal)`, { fault: 'too-many-members-removed' });
  }
}
