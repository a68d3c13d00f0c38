import type { Call, Capabilities } from '../../backend/backend.ts';
import { ForwardingBackend } from '../../backend/decorators/forwarding-backend.ts';
import { applyChanges, type Change } from '../../scim/change.ts';
import type { Read } from '../../scim/query.ts';
import type { Changed, Resource } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';

/**
 * A store whose changes are worked out and not made. Whoever is looked at is held, so that the rules of a PUT find them
 * without another reading.
 */
export class DryBackend extends ForwardingBackend {
  #held: Resource | undefined;

  override get capabilities(): Capabilities {
    return { ...this.inner.capabilities, modify: true };
  }

  hold(resource: Resource): void {
    this.#held = resource;
  }

  override async get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    return this.#held?.id === id ? this.#held : this.inner.get(call, type, id, read);
  }

  override async modify(call: Call, type: ResourceType, id: string, changes: readonly Change[]): Promise<Changed> {
    const before = await this.get(call, type, id);
    return { ...before, attributes: applyChanges(before.attributes, changes) };
  }
}
