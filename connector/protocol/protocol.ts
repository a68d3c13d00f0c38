import type { Draft, Patch } from '../scim/draft.ts';
import type { Dialect } from '../scim/patch-operation.ts';
import type { Cursor, Page, Query } from '../scim/query.ts';
import type { Resource } from '../scim/resource.ts';
import type { EntitlementType } from '../scim/schema/entitlement.ts';
import type { ResourceType, ResourceTypes, TypeName } from '../scim/schema/resource-type.ts';
import type { BulkRequest, BulkResult } from './bulk.ts';
import type { Json } from './json.ts';
import type { ListRules, Offer } from './offer.ts';
import type { Parameters } from './parameters.ts';
import type { Selection } from './selection.ts';

/** How closely the standard is taken. */
export interface Strictness {
  readonly dialect: Dialect;
}

/** Work that may be long: whoever does it may stop at each step, and let others have their turn. */
export type Steps<T> = Generator<void, T>;

/** How an app writes its resources. */
export interface Encoding {
  /** Absolute, without a slash at the end; resources live under `{baseUrl}{endpoint}/{id}`. */
  readonly baseUrl: string;
  /** Off: no `meta.version`. */
  readonly versions: boolean;
  readonly selection?: Selection | undefined;
}

/** What a client asked of a list. Paging is 1-based, to be echoed. */
export interface ListRequest {
  readonly query: Omit<Query, 'offset' | 'limit'>;
  readonly selection?: Selection;
  readonly startIndex: number;
  /** Most resources wanted; `undefined`: as many as there are. */
  readonly count?: number;
  /** Of a list that is walked by cursors: that of the page behind this one, where more follow. */
  readonly cursorOf?: (page: Page) => string | undefined;
}

/** What of a request its answer repeats, or goes on from. */
export type PageRequest = Pick<ListRequest, 'startIndex' | 'cursorOf'>;

/** What a client asked of a list of entitlements. A walk by cursors is one by numbers: definitions hardly change. */
export type EntitlementListRequest = Pick<ListRequest, 'startIndex' | 'count' | 'cursorOf'> & Pick<Query, 'filter'>;

/** How entitlements are spoken of. */
export interface EntitlementCodec {
  /** Last segment of the path where a list is asked for by POST, with its parameters in the body. */
  readonly search: string;
  /** @throws invalidSyntax */
  parametersIn(body: object): Parameters;
  /** @throws invalidFilter, invalidPaging, notImplemented for a filter where they are off */
  decodeList(type: EntitlementType, parameters: Parameters, baseUrl: string, rules: ListRules): EntitlementListRequest;
  decodeSelection(type: EntitlementType, parameters: Parameters): Selection | undefined;
  encode(type: EntitlementType, entitlement: Resource, encoding: Encoding): Json;
  encodeList(type: EntitlementType, page: Page, request: PageRequest, encoding: Encoding): Json;
}

/** One type of a list over several. */
export interface MixedPart extends Pick<ListRequest, 'query' | 'selection'> {
  readonly type: ResourceType;
}

/** A list over several types, one after another. */
export interface MixedRequest extends PageRequest {
  readonly parts: readonly MixedPart[];
  readonly count?: number;
  /** Its place is that of `cursorOf`, whose page has the place of the whole list. */
  readonly cursor?: Cursor;
}

export interface MixedPage {
  readonly part: MixedPart;
  readonly page: Page;
}

export interface Mixed {
  /** @throws as `decodeList` */
  decode(types: readonly ResourceType[], parameters: Parameters, baseUrl: string, rules: ListRules): MixedRequest;
  /** @param whole  of all pages together */
  encode(pages: readonly MixedPage[], whole: Page, request: PageRequest, encoding: Encoding): Json;
}

/** A question about the app itself. */
export interface DiscoveryRequest extends Strictness {
  readonly types: readonly ResourceType[];
  /** One of them as far as the store keeps it. */
  kept(type: ResourceType): ResourceType;
  /** What people can be given. */
  readonly entitlements: readonly EntitlementType[];
  readonly offer: Offer;
  readonly baseUrl: string;
  readonly parameters: Parameters;
  /** The last segment of the path, where the route has one. */
  readonly id: string;
}

export interface Discovery {
  /** What Okta calls the request, where it has a name for it. */
  readonly message: string;
  /** @throws notFound, invalidFilter, invalidPaging */
  answer(request: DiscoveryRequest): Json;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a route does: an operation on resources of a type, several at once, or a question about the app. */
export type Action =
  | { readonly do: 'list' | 'create' | 'get' | 'replace' | 'patch' | 'delete'; readonly type: TypeName }
  /** A list whose parameters are in the body. @throws invalidSyntax */
  | { readonly do: 'search'; readonly type: TypeName; parametersIn(body: object): Parameters }
  /** A list over all types. @throws invalidSyntax */
  | { readonly do: 'mixed'; readonly mixed: Mixed; parametersIn?(body: object): Parameters }
  | { readonly do: 'bulk' }
  /** 501, with the reason. */
  | { readonly do: 'refuse'; readonly message: string }
  | { readonly do: 'discover'; readonly discovery: Discovery };

export interface Route {
  /** Relative to the base URL; `:id` stands for an id. */
  readonly path: string;
  readonly methods: Readonly<Partial<Record<Method, Action>>>;
}

/** What a request for a failed operation is told. */
export interface Failure {
  readonly status: number;
  /** A `Reason`, or `internal`. */
  readonly reason: string;
  readonly message: string;
  /** Repeated in the log line of the request. */
  readonly reference: string;
}

/**
 * One version of SCIM on the wire. `http/` knows this and nothing else of it: routes and codec come with each mount.
 * Every `decode` throws `ScimError`s that name the attribute or the parameter at fault.
 */
export interface Protocol {
  /** For people: `SCIM 1.1`. */
  readonly name: string;
  /** As in the configuration: `1.1`. */
  readonly version: string;
  /** Last segment of a base URL, by which Okta chooses: `v1`. */
  readonly segment: string;
  /** Also meant by a base URL without a version. */
  readonly unversioned: boolean;
  readonly routes: readonly Route[];
  /** The schema as it is spoken here: the same attributes, compared and shown by this standard's rules. */
  view(types: ResourceTypes): ResourceTypes;
  /** Absent: this version has none. */
  readonly entitlements?: EntitlementCodec;
  /** For a path that is none of `routes`. */
  readonly unknownEndpoint: string;
  /** Of answers. */
  readonly mediaType: string;
  /** What `Accept` may ask for, what is answered first. */
  readonly acceptable: readonly string[];
  /** The media type of the answer to whom one of `acceptable` is right. */
  answerTo(accepted: string): string;
  /** Whether anybody may ask who has not said who he is. */
  isPublic(path: string): boolean;
  /** A format that the path itself asks for (SCIM 1.1 API §3.6), and the path without it. */
  readFormat(path: string): { readonly path: string; readonly format?: 'json' | 'other' };
  /** Whether a body says of itself that it is written in this version. */
  owns(body: object): boolean;

  /** @throws invalidSyntax, invalidValue */
  decodeResource(type: ResourceType, body: unknown, mode: Strictness): Draft;
  /** @throws invalidSyntax, invalidValue, mutability */
  decodePatch(type: ResourceType, body: unknown, mode: Strictness): Patch;
  /** As `decodeResource`, for a group of any size. */
  resourceSteps(type: ResourceType, body: unknown, mode: Strictness): Steps<Draft>;
  /** As `decodePatch`. */
  patchSteps(type: ResourceType, body: unknown, mode: Strictness): Steps<Patch>;
  /** @throws invalidFilter, invalidPaging, invalidCursor, expiredCursor, invalidCount, invalidValue, notImplemented */
  decodeList(type: ResourceType, parameters: Parameters, baseUrl: string, rules: ListRules): ListRequest;
  decodeSelection(type: ResourceType, parameters: Parameters): Selection | undefined;
  /** @throws invalidSyntax, invalidValue for the request as a whole, tooLarge with the limit's name */
  decodeBulk(types: ResourceTypes, body: object, maxOperations: number): BulkRequest;

  encodeResource(type: ResourceType, resource: Resource, encoding: Encoding): Json;
  /** Its `Resources` may be any iterable: each is encoded when it is written. */
  encodeList(type: ResourceType, page: Page, request: PageRequest, encoding: Encoding): Json;
  encodeBulk(results: readonly BulkResult[], encoding: Encoding): Json;
  encodeError(failure: Failure): Json;
  /** A larger group is answered 204 to a PATCH that does not say which attributes it wants to see. */
  readonly mostMembersPatched: number;
  /** What a successful DELETE is answered with. */
  readonly deleted: { readonly status: number };
}
