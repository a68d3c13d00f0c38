import type { Change } from '../../scim/change.ts';
import type { Page, Query, Read } from '../../scim/query.ts';
import type { Attributes, Changed, Resource } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Call } from '../backend.ts';
import { ForwardingBackend } from './forwarding-backend.ts';

/** How long a call has kept the store busy, and since when it does so with how many operations at once. Unit: ms. */
interface Busy {
  spent: number;
  since: number;
  running: number;
}

/** Knows how long each call has kept the store busy, be it with several operations at once. */
export class TimedBackend extends ForwardingBackend {
  readonly #calls = new WeakMap<Call, Busy>();

  /** Unit: ms. */
  spentOn(call: Call): number {
    return this.#calls.get(call)?.spent ?? 0;
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
  ): Promise<Changed> {
    return this.#timed(call, () => super.modify(call, type, id, changes, from, read));
  }

  override wouldChange(call: Call, type: ResourceType, id: string, changes: readonly Change[]): Promise<boolean> {
    return this.#timed(call, () => super.wouldChange(call, type, id, changes));
  }

  override delete(call: Call, type: ResourceType, id: string, from?: Resource): Promise<void> {
    return this.#timed(call, () => super.delete(call, type, id, from));
  }

  async #timed<T>(call: Call, work: () => Promise<T>): Promise<T> {
    this.#begin(call);
    if (call.whole) this.#begin(call.whole);
    try {
      return await work();
    } finally {
      this.#end(call);
      if (call.whole) this.#end(call.whole);
    }
  }

  #begin(call: Call): void {
    const now = performance.now();
    const busy = this.#calls.get(call);
    if (!busy) this.#calls.set(call, { spent: 0, since: now, running: 1 });
    else if (busy.running++ === 0) busy.since = now;
  }

  #end(call: Call): void {
    const busy = this.#calls.get(call);
    if (!busy) return;
    busy.running -= 1;
    if (busy.running === 0) busy.spent += performance.now() - busy.since;
  }
}
