import type { Backend } from '../backend/backend.ts';
import { GroupRemovalGuard } from '../backend/decorators/group-removal-guard.ts';
import { TimedBackend } from '../backend/decorators/timed-backend.ts';
import { entitled } from '../entitlements/entitled.ts';
import type { Gate } from '../holds/gate.ts';
import { HoldingBackend } from '../holds/holding-backend.ts';
import type { FirstReplies } from './first-replies.ts';
import { LenientReferences } from './guards/lenient-references.ts';
import { ManagerLookup } from './guards/manager-lookup.ts';
import { ReadOnlyService } from './guards/read-only-service.ts';
import { ObservedService } from './observed-service.ts';
import type { Observer } from './observer.ts';
import { OperationRecorder, type TrailSource } from './operation-recorder.ts';
import { NO_REMOVAL_LIMIT, type Policy } from './policy.ts';
import { ResourceService, Together } from './resource-service.ts';
import type { Service } from './service.ts';

const isLenient = ({ unknownMembers, unknownManager }: Policy): boolean =>
  unknownMembers === 'leave_out' || unknownManager !== 'refuse';

/** The rules around a store, and the guards that its policy asks for. The order of its lines is the order a call meets them. */
export function guardedService(backend: Backend, policy: Policy, gate?: Gate, together?: Together): Service {
  const limit = policy.maxGroupRemoval;
  const counted = gate ? new HoldingBackend(backend, gate) : backend;
  const guarded = limit < NO_REMOVAL_LIMIT ? new GroupRemovalGuard(counted, limit) : counted;
  const rules = new ResourceService(entitled(guarded, policy.entitlements), policy, together);
  const finding = policy.managerId === 'id' ? rules : new ManagerLookup(rules, policy.managerId);
  const lenient = isLenient(policy) ? new LenientReferences(finding, policy) : finding;
  if (policy.readOnly) return new ReadOnlyService(lenient);
  return gate ? new ReadOnlyService(lenient, (call) => gate.isReadOnly(call)) : lenient;
}

export interface AppService {
  readonly service: ObservedService;
  /** For operations that are not of one resource. */
  readonly recorder: OperationRecorder;
}

/** What of an app is the same whichever protocol is spoken. */
export interface AppParts {
  /** Its name in the configuration, for the events. */
  readonly app: string;
  readonly observer: Observer;
  readonly trails?: TrailSource | undefined;
  /** What its writes pass; absent: nothing is counted or held. */
  readonly gate?: Gate | undefined;
  /** Who has heard of what was made; absent: what this process knows. */
  readonly replies?: FirstReplies | undefined;
}

/** An app's people under the rules of each protocol that it is served by: of one resource, one change at a time in all of them. */
export function assembleServices(
  backend: Backend,
  { app, observer, trails, gate, replies }: AppParts,
): (policy: Policy) => AppService {
  const timed = new TimedBackend(backend);
  const recorder = new OperationRecorder({ observer, trails, app, spentOn: (call) => timed.spentOn(call) });
  const together = new Together(replies);
  return (policy) => ({
    service: new ObservedService(guardedService(timed, policy, gate, together), recorder),
    recorder,
  });
}

/** As `assembleServices`, for an app with one protocol. */
export const assembleService = (
  backend: Backend,
  policy: Policy,
  app: string,
  observer: Observer,
  trails?: TrailSource,
  gate?: Gate,
): AppService => assembleServices(backend, { app, observer, trails, gate })(policy);
