import type { Authenticator } from '../auth/authenticator.ts';
import type { Backend } from '../backend/backend.ts';
import type { ListRules, Offer } from '../protocol/offer.ts';
import type { ResourceTypes } from '../scim/schema/resource-type.ts';
import type { ResourceService } from '../service/resource-service.ts';

/** One Okta app: its path, credentials, rules and store. Several may live in one connector. */
export interface Mount {
  readonly name: string;
  /** Ends in `/v1`, starts with a slash. */
  readonly path: string;
  readonly types: ResourceTypes;
  readonly service: ResourceService;
  readonly backend: Backend;
  readonly authenticator: Authenticator;
  readonly offer: Offer;
  readonly rules: ListRules;
  readonly strict: boolean;
  /** Scheme and authority that Okta uses; else they are taken from each request. */
  readonly externalOrigin?: string;
}
