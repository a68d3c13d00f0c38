import type { Backend } from '../backend/backend.ts';
import { GroupRemovalGuard } from '../backend/decorators/group-removal-guard.ts';
import { TimedBackend } from '../backend/decorators/timed-backend.ts';
import { ReadOnlyService } from './guards/read-only-service.ts';
import { ObservedService } from './observed-service.ts';
import type { Observer } from './observer.ts';
import { OperationRecorder } from './operation-recorder.ts';
import { NO_REMOVAL_LIMIT, type Policy } from './policy.ts';
import { ResourceService } from './resource-service.ts';
import type { Service } from './service.ts';

/** The rules around a store, and the guards that its policy asks for. The order of its lines is the order a call meets them. */
export function guardedService(backend: Backend, policy: Policy): Service {
  const limit = policy.maxGroupRemoval;
  const guarded = limit < NO_REMOVAL_LIMIT ? new GroupRemovalGuard(backend, limit) : backend;
  const service = new ResourceService(guarded, policy);
  return policy.readOnly ? new ReadOnlyService(service) : service;
}

export interface AppService {
  readonly service: ObservedService;
  /** For operations that are not of one resource. */
  readonly recorder: OperationRecorder;
}

/** @param app  its name in the configuration, for the events */
export function assembleService(backend: Backend, policy: Policy, app: string, observer: Observer): AppService {
  const timed = new TimedBackend(backend);
  const recorder = new OperationRecorder({ observer, app, spentOn: (call) => timed.spentOn(call) });
  return { service: new ObservedService(guardedService(timed, policy), recorder), recorder };
}
