import type { Call } from '../../backend/backend.ts';
import type { Draft, Patch } from '../../scim/draft.ts';
import { ScimError } from '../../scim/error.ts';
import type { Read } from '../../scim/query.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Created, IfMatch, Modified, Service } from '../service.ts';
import { ForwardingService } from './forwarding-service.ts';

/** Refuses every change, before anything is read or compared. */
export class ReadOnlyService extends ForwardingService {
  readonly #isOn: (call: Call) => boolean | Promise<boolean>;

  /** @param isOn  whether it refuses now */
  constructor(inner: Service, isOn: (call: Call) => boolean | Promise<boolean> = () => true) {
    super(inner);
    this.#isOn = isOn;
  }

  override async create(call: Call, type: ResourceType, draft: Draft, answer?: Read): Promise<Created> {
    await this.#check(call, `creating a ${type.name}`);
    return super.create(call, type, draft, answer);
  }

  override async replace(
    call: Call,
    type: ResourceType,
    id: string,
    draft: Draft,
    ifMatch?: IfMatch,
    answer?: Read,
  ): Promise<Modified> {
    await this.#check(call, `changing a ${type.name}`);
    return super.replace(call, type, id, draft, ifMatch, answer);
  }

  override async patch(
    call: Call,
    type: ResourceType,
    id: string,
    patch: Patch,
    ifMatch?: IfMatch,
    answer?: Read,
  ): Promise<Modified> {
    await this.#check(call, `changing a ${type.name}`);
    return super.patch(call, type, id, patch, ifMatch, answer);
  }

  override async delete(call: Call, type: ResourceType, id: string, ifMatch?: IfMatch): Promise<void> {
    await this.#check(call, `deleting a ${type.name}`);
    return super.delete(call, type, id, ifMatch);
  }

  async #check(call: Call, action: string): Promise<void> {
    if (await this.#isOn(call)) throw refusal(action);
  }
}

const refusal = (action: string): ScimError =>
  new ScimError('forbidden', `${action} is refused: this connector is read-only`, { fault: 'connector-read-only' });
