import type { Backend } from '../backend/backend.ts';
import { GroupRemovalGuard } from '../backend/decorators/group-removal-guard.ts';
import { TimedBackend } from '../backend/decorators/timed-backend.ts';
import { LenientReferences } from './guards/lenient-references.ts';
import { ManagerLookup } from './guards/manager-lookup.ts';
import { ReadOnlyService } from './guards/read-only-service.ts';
import { ObservedService } from './observed-service.ts';
import type { Observer } from './observer.ts';
import { OperationRecorder, type TrailSource } from './operation-recorder.ts';
import { NO_REMOVAL_LIMIT, type Policy } from './policy.ts';
import { ResourceService } from './resource-service.ts';
import type { Service } from './service.ts';

const isLenient = ({ unknownMembers, unknownManager }: Policy): boolean =>
  unknownMembers === 'leave_out' || unknownManager === 'leave_out';

/** The rules around a store, and the guards that its policy asks for. The order of its lines is the order a call meets them. */
export function guardedService(backend: Backend, policy: Policy): Service {
  const limit = policy.maxGroupRemoval;
  const guarded = limit < NO_REMOVAL_LIMIT ? new GroupRemovalGuard(backend, limit) : backend;
  const rules = new ResourceService(guarded, policy);
  const finding = policy.managerId === 'id' ? rules : new ManagerLookup(rules, policy.managerId);
  const lenient = isLenient(policy) ? new LenientReferences(finding, policy) : finding;
  return policy.readOnly ? new ReadOnlyService(lenient) : lenient;
}

export interface AppService {
  readonly service: ObservedService;
  /** For operations that are not of one resource. */
  readonly recorder: OperationRecorder;
}

/** @param app  its name in the configuration, for the events */
export function assembleService(
  backend: Backend,
  policy: Policy,
  app: string,
  observer: Observer,
  trails?: TrailSource,
): AppService {
  const timed = new TimedBackend(backend);
  const recorder = new OperationRecorder({ observer, trails, app, spentOn: (call) => timed.spentOn(call) });
  return { service: new ObservedService(guardedService(timed, policy), recorder), recorder };
}
