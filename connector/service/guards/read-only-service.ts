import type { Call } from '../../backend/backend.ts';
import { ScimError } from '../../scim/error.ts';
import type { Page, Query, Read } from '../../scim/query.ts';
import type { Attributes, Resource } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Service } from '../service.ts';

/** Refuses every change, before anything is read or compared. */
export class ReadOnlyService implements Service {
  readonly #inner: Service;

  constructor(inner: Service) {
    this.#inner = inner;
  }

  ping(): Promise<void> {
    return this.#inner.ping();
  }

  dropped(type: ResourceType, attributes: Attributes): readonly string[] {
    return this.#inner.dropped(type, attributes);
  }

  get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    return this.#inner.get(call, type, id, read);
  }

  list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    return this.#inner.list(call, type, query);
  }

  async create(_: Call, type: ResourceType): Promise<never> {
    throw refusal(`creating a ${type.name}`);
  }

  async replace(_: Call, type: ResourceType): Promise<never> {
    throw refusal(`changing a ${type.name}`);
  }

  async patch(_: Call, type: ResourceType): Promise<never> {
    throw refusal(`changing a ${type.name}`);
  }

  async delete(_: Call, type: ResourceType): Promise<never> {
    throw refusal(`deleting a ${type.name}`);
  }
}

const refusal = (action: string): ScimError =>
  new ScimError('forbidden', `${action} is refused: this connector is read-only`);
