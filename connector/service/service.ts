import type { Call } from '../backend/backend.ts';
import type { Change } from '../scim/change.ts';
import type { Draft, Patch } from '../scim/draft.ts';
import type { Page, Query, Read } from '../scim/query.ts';
import type { Attributes, Resource } from '../scim/resource.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';

/** `If-Match`: any version will do, or one of these. */
export type IfMatch = '*' | readonly string[];

/** What was asked for and left out, because it leads nowhere: ids of members, what stood for a manager. */
interface LeftOut {
  readonly leftOut?: readonly string[];
}

export interface Created extends LeftOut {
  readonly resource: Resource;
  /** It was there already, as it should be. */
  readonly linked?: true;
}

/** A change and what it did, so that whoever is told can tell a deactivation from a profile push. */
export interface Modified extends LeftOut {
  readonly resource: Resource;
  /** As far as it was read: nobody reads the members of a group to add one. */
  readonly before: Attributes;
  /** Empty when nothing changed. Members that a PATCH names are among them whether they were in the group or not. */
  readonly changes: readonly Change[];
}

/**
 * What can be done with resources, by the rules that hold for every wire format and every store. `ResourceService` does
 * it; a guard is a Service around another one. `answer`: what the resource that comes back shall hold.
 */
export interface Service {
  /** Proof that the store answers. @throws unavailable */
  ping(): Promise<void>;
  /** Names of attributes that the store has no place for. @throws notImplemented, unavailable */
  dropped(type: ResourceType, attributes: Attributes): readonly string[];
  /** @throws invalidValue, uniqueness, forbidden, unavailable */
  create(call: Call, type: ResourceType, draft: Draft, answer?: Read): Promise<Created>;
  /** @throws notFound, unavailable */
  get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource>;
  /** @throws unavailable */
  list(call: Call, type: ResourceType, query: Query): Promise<Page>;
  /** PUT. @throws notFound, invalidValue, uniqueness, versionMismatch, forbidden, unavailable */
  replace(
    call: Call,
    type: ResourceType,
    id: string,
    draft: Draft,
    ifMatch?: IfMatch,
    answer?: Read,
  ): Promise<Modified>;
  /** PATCH. @throws notFound, invalidValue, mutability, uniqueness, versionMismatch, forbidden, unavailable */
  patch(call: Call, type: ResourceType, id: string, patch: Patch, ifMatch?: IfMatch, answer?: Read): Promise<Modified>;
  /** @throws notFound, versionMismatch, forbidden, unavailable */
  delete(call: Call, type: ResourceType, id: string, ifMatch?: IfMatch): Promise<void>;
}
