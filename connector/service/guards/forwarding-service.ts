import type { Call } from '../../backend/backend.ts';
import type { Draft, Patch } from '../../scim/draft.ts';
import type { Page, Query, Read } from '../../scim/query.ts';
import type { Attributes, Resource } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Created, IfMatch, Modified, Service } from '../service.ts';

/** A service around another one: hands everything on. A guard extends it and says only what it does otherwise. */
export abstract class ForwardingService implements Service {
  protected readonly inner: Service;

  constructor(inner: Service) {
    this.inner = inner;
  }

  ping(): Promise<void> {
    return this.inner.ping();
  }

  dropped(type: ResourceType, attributes: Attributes): readonly string[] {
    return this.inner.dropped(type, attributes);
  }

  create(call: Call, type: ResourceType, draft: Draft, answer?: Read): Promise<Created> {
    return this.inner.create(call, type, draft, answer);
  }

  get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    return this.inner.get(call, type, id, read);
  }

  list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    return this.inner.list(call, type, query);
  }

  replace(
    call: Call,
    type: ResourceType,
    id: string,
    draft: Draft,
    ifMatch?: IfMatch,
    answer?: Read,
  ): Promise<Modified> {
    return this.inner.replace(call, type, id, draft, ifMatch, answer);
  }

  patch(call: Call, type: ResourceType, id: string, patch: Patch, ifMatch?: IfMatch, answer?: Read): Promise<Modified> {
    return this.inner.patch(call, type, id, patch, ifMatch, answer);
  }

  delete(call: Call, type: ResourceType, id: string, ifMatch?: IfMatch): Promise<void> {
    return this.inner.delete(call, type, id, ifMatch);
  }
}
