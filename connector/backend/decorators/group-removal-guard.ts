import { type Change, isChangeOf } from '../../scim/change.ts';
import { ScimError } from '../../scim/error.ts';
import type { Resource } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Backend, Call } from '../backend.ts';
import { ForwardingBackend } from './forwarding-backend.ts';

/** Members that `changes` name as leaving. */
const leaving = (changes: readonly Change[]): number =>
  changes
    .filter(isChangeOf('members'))
    .reduce((sum, change) => sum + (change.op === 'remove' ? change.values.length : 0), 0);

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
  ): Promise<Resource> {
    const gone = leaving(changes);
    if (gone > 0) this.#judge(gone, from ?? (await this.inner.get(call, type, id, { freshness: 'remembered' })));
    return super.modify(call, type, id, changes, from);
  }

  #judge(gone: number, { attributes }: Resource): void {
    const { members } = attributes;
    const before = Array.isArray(members) ? members.length : 0;
    if (gone * 100 <= before * this.#limit) return;
    const text = `members: this would remove ${gone} of ${before} members; the limit is ${this.#limit} %`;
    throw new ScimError('forbidden', `${text} (max_group_removal)`);
  }
}
