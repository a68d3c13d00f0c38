import type { Authenticator } from '../auth/authenticator.ts';
import type { Entitlements } from '../entitlements/entitlements.ts';
import type { ListRules, Offer } from '../protocol/offer.ts';
import type { Protocol, Strictness } from '../protocol/protocol.ts';
import type { Spoken } from '../protocol/protocols.ts';
import type { ScimError } from '../scim/error.ts';
import type { ResourceType, ResourceTypes } from '../scim/schema/resource-type.ts';
import type { ObservedService } from '../service/observed-service.ts';
import type { OperationRecorder } from '../service/operation-recorder.ts';

/** One Okta app where it can be reached: its path, the protocol spoken there, its credentials, rules and resources. */
export interface Mount extends Strictness {
  /** Its name in the configuration. */
  readonly app: string;
  /** Starts with a slash, ends in the protocol's segment. */
  readonly path: string;
  readonly protocol: Protocol;
  /** Every protocol that the app is served in, with its path. */
  readonly spoken: readonly Spoken[];
  readonly types: ResourceTypes;
  /** A type as far as the store keeps it; absent: all of it. */
  readonly kept?: (type: ResourceType) => ResourceType;
  /** What people can be given; absent: nothing. */
  readonly entitlements?: Entitlements;
  readonly service: ObservedService;
  /** Why the app is not served here for now, though its store may be well; absent: nothing can be against it. */
  readonly refusal?: (() => ScimError | undefined) | undefined;
  readonly recorder: OperationRecorder;
  readonly authenticator: Authenticator;
  readonly offer: Offer;
  readonly rules: ListRules;
  /** What a PATCH that names no attributes is answered with: people, whatever was changed, or nothing. */
  readonly patchReply: 'users' | 'all' | 'none';
  /** Scheme and authority that Okta uses; else they are taken from each request. */
  readonly externalOrigin?: string;
  /** Whether a scheme and authority as a client sees them can only mean this server. @param port  that it has reached */
  readonly isOwnOrigin?: (origin: string, port: number | undefined) => boolean;
}

/** @throws unavailable  why the app cannot be served now */
export async function ping({ refusal, service }: Pick<Mount, 'refusal' | 'service'>): Promise<void> {
  const refused = refusal?.();
  if (refused) throw refused;
  await service.ping();
}
