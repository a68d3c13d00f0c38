import type { ScimError } from '../scim/error.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Tags } from './entity-tags.ts';

export type BulkMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** bulkId → id, of what exists already. */
export type KnownIds = ReadonlyMap<string, string>;

/** References that had to wait: a partial resource to PATCH in once all of the circle exists. */
export interface Deferred {
  readonly type: ResourceType;
  /** Every bulkId in it. */
  readonly references: readonly string[];
  body(known: KnownIds): object;
}

/** One operation as the client wrote it, before its references are known. */
export interface BulkOperation {
  readonly method: BulkMethod;
  readonly bulkId?: string;
  readonly type: ResourceType;
  readonly version?: Tags;
  /** Every bulkId that it refers to, in its path or body. */
  readonly references: readonly string[];
  /** The id in its path, references replaced; `undefined` for POST, and where a reference leads nowhere. */
  id(known: KnownIds): string | undefined;
  /** Its body with references replaced. What points at resources that do not exist yet is split off where it can be. */
  body(known: KnownIds): { readonly body: object; readonly deferred?: Deferred };
}

/** An operation that could not be understood; it fails alone. */
export interface Malformed {
  readonly method?: string;
  readonly bulkId?: string;
  readonly error: ScimError;
}

export interface BulkRequest {
  /** Errors after which to stop. */
  readonly failOnErrors: number;
  readonly operations: readonly (BulkOperation | Malformed)[];
}

/** What became of one operation. */
export interface BulkResult {
  readonly method?: string | undefined;
  readonly bulkId?: string | undefined;
  readonly type?: ResourceType | undefined;
  readonly id?: string | undefined;
  readonly version?: string | undefined;
  readonly status: number;
  /** A `Reason`, or `internal`, where something went wrong. */
  readonly reason?: string;
  /** What went wrong, for the person who reads it; absent where nothing did. */
  readonly description?: string;
}
