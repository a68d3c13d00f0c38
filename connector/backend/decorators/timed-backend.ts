import type { Change } from '../../scim/change.ts';
import type { Page, Query, Read } from '../../scim/query.ts';
import type { Attributes, Resource } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Call } from '../backend.ts';
import { ForwardingBackend } from './forwarding-backend.ts';

/** Knows how long each call has kept the store busy. */
export class TimedBackend extends ForwardingBackend {
  readonly #spent = new WeakMap<Call, number>();

  /** Unit: ms. */
  spentOn(call: Call): number {
    return this.#spent.get(call) ?? 0;
  }

  override create(call: Call, type: ResourceType, attributes: Attributes, read?: Read): Promise<Resource> {
    return this.#timed(call, () => super.create(call, type, attributes, read));
  }

  override get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    return this.#timed(call, () => super.get(call, type, id, read));
  }

  override list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    return this.#timed(call, () => super.list(call, type, query));
  }

  override modify(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
    read?: Read,
  ): Promise<Resource> {
    return this.#timed(call, () => super.modify(call, type, id, changes, from, read));
  }

  override wouldChange(call: Call, type: ResourceType, id: string, changes: readonly Change[]): Promise<boolean> {
    return this.#timed(call, () => super.wouldChange(call, type, id, changes));
  }

  override delete(call: Call, type: ResourceType, id: string, from?: Resource): Promise<void> {
    return this.#timed(call, () => super.delete(call, type, id, from));
  }

  async #timed<T>(call: Call, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.#spent.set(call, this.spentOn(call) + performance.now() - started);
    }
  }
}
