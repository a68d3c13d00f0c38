import type { Backend, Call } from '../backend/backend.ts';
import { ForwardingBackend } from '../backend/decorators/forwarding-backend.ts';
import type { Change } from '../scim/change.ts';
import type { Page, Query, Read } from '../scim/query.ts';
import type { Attributes, Changed, Resource } from '../scim/resource.ts';
import { type EntitlementType, HOLDERS, heldBy } from '../scim/schema/entitlement.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';

/**
 * People without what they are given, for a protocol that knows no entitlements: nobody reads them, and what nobody sees
 * no PUT takes away. To be used with the schema of `withoutEntitlements`.
 */
export class HiddenEntitlements extends ForwardingBackend {
  readonly #hidden: ReadonlySet<string>;

  constructor(inner: Backend, types: readonly EntitlementType[]) {
    super(inner);
    this.#hidden = heldBy(types);
  }

  override async create(call: Call, type: ResourceType, attributes: Attributes, read?: Read): Promise<Resource> {
    return this.#shown(await super.create(call, type, attributes, less(type, read)));
  }

  override async get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    return this.#shown(await super.get(call, type, id, less(type, read)));
  }

  override async list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    const page = await super.list(call, type, { ...query, ...less(type, query) });
    return { ...page, resources: page.resources.map((resource) => this.#shown(resource)) };
  }

  override async modify(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
    read?: Read,
  ): Promise<Changed> {
    return this.#shown(await super.modify(call, type, id, changes, from, less(type, read)));
  }

  #shown<R extends Resource>(resource: R): R {
    if (!HOLDERS.some((holder) => this.#hidden.has(holder) && holder in resource.attributes)) return resource;
    const kept = Object.entries(resource.attributes).filter(([name]) => !this.#hidden.has(name));
    return { ...resource, attributes: Object.fromEntries(kept) };
  }
}

const less = (type: ResourceType, read: Read = {}): Read =>
  type.isAccount ? { ...read, without: [...(read.without ?? []), 'entitlements'] } : read;
