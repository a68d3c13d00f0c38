import type { Call } from '../../backend/backend.ts';
import type { Draft, Patch } from '../../scim/draft.ts';
import { ScimError } from '../../scim/error.ts';
import type { Read } from '../../scim/query.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Created, IfMatch, Modified, Service } from '../service.ts';
import { ForwardingService } from './forwarding-service.ts';

/** Refuses every change, before anything is read or compared. */
export class ReadOnlyService extends ForwardingService {
  readonly #isOn: () => boolean;

  /** @param isOn  whether it refuses now */
  constructor(inner: Service, isOn: () => boolean = () => true) {
    super(inner);
    this.#isOn = isOn;
  }

  override async create(call: Call, type: ResourceType, draft: Draft, answer?: Read): Promise<Created> {
    this.#check(`creating a ${type.name}`);
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
    this.#check(`changing a ${type.name}`);
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
    this.#check(`changing a ${type.name}`);
    return super.patch(call, type, id, patch, ifMatch, answer);
  }

  override async delete(call: Call, type: ResourceType, id: string, ifMatch?: IfMatch): Promise<void> {
    this.#check(`deleting a ${type.name}`);
    return super.delete(call, type, id, ifMatch);
  }

  #check(action: string): void {
    if (this.#isOn()) throw refusal(action);
  }
}

const refusal = (action: string): ScimError =>
  new ScimError('forbidden', `${action} is refused: this connector is read-only`, { fault: 'connector-read-only' });
