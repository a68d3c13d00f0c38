import type { Change } from '../../scim/change.ts';
import type { Page, Query, Read } from '../../scim/query.ts';
import type { Attributes, Changed, Resource } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Backend, Call, Capabilities, Gauge } from '../backend.ts';

/** A backend around another one: hands everything on. A decorator extends it and says only what it does otherwise. */
export abstract class ForwardingBackend implements Backend {
  protected readonly inner: Backend;

  constructor(inner: Backend) {
    this.inner = inner;
  }

  get capabilities(): Capabilities {
    return this.inner.capabilities;
  }

  open(): Promise<void> {
    return this.inner.open();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  ping(): Promise<void> {
    return this.inner.ping();
  }

  create(call: Call, type: ResourceType, attributes: Attributes, read?: Read): Promise<Resource> {
    return this.inner.create(call, type, attributes, read);
  }

  get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    return this.inner.get(call, type, id, read);
  }

  list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    return this.inner.list(call, type, query);
  }

  modify(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
    read?: Read,
  ): Promise<Changed> {
    return this.inner.modify(call, type, id, changes, from, read);
  }

  wouldChange(call: Call, type: ResourceType, id: string, changes: readonly Change[]): Promise<boolean> {
    return this.inner.wouldChange(call, type, id, changes);
  }

  asKept(type: ResourceType, attributes: Attributes): Attributes {
    return this.inner.asKept(type, attributes);
  }

  dropped(type: ResourceType, attributes: Attributes): readonly string[] {
    return this.inner.dropped(type, attributes);
  }

  delete(call: Call, type: ResourceType, id: string, from?: Resource): Promise<void> {
    return this.inner.delete(call, type, id, from);
  }

  get catalogue(): Backend['catalogue'] {
    return this.inner.catalogue?.bind(this.inner);
  }

  gauges(): readonly Gauge[] {
    return this.inner.gauges?.() ?? [];
  }
}
