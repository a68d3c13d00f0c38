import type { Call } from '../../backend/backend.ts';
import { ScimError } from '../../scim/error.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { ForwardingService } from './forwarding-service.ts';

/** Refuses every change, before anything is read or compared. */
export class ReadOnlyService extends ForwardingService {
  override async create(_: Call, type: ResourceType): Promise<never> {
    throw refusal(`creating a ${type.name}`);
  }

  override async replace(_: Call, type: ResourceType): Promise<never> {
    throw refusal(`changing a ${type.name}`);
  }

  override async patch(_: Call, type: ResourceType): Promise<never> {
    throw refusal(`changing a ${type.name}`);
  }

  override async delete(_: Call, type: ResourceType): Promise<never> {
    throw refusal(`deleting a ${type.name}`);
  }
}

const refusal = (action: string): ScimError =>
  new ScimError('forbidden', `${action} is refused: this connector is read-only`, { fault: 'connector-read-only' });
