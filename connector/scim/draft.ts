import type { ChangePath } from './change.ts';
import type { Dialect, PatchOperation } from './patch-operation.ts';
import type { Attributes, Complex } from './resource.ts';
import type { BoundPath } from './schema/resource-type.ts';

/** What a client wants a whole resource to be: the body of POST and PUT, after the schema has accepted it. */
export interface Draft {
  readonly attributes: Attributes;
  /** Attributes sent as null, "" or []: the client says that there is no value, which is more than leaving them out. */
  readonly cleared: readonly ChangePath[];
  /** Names that the schema does not know or that are read-only. For the log. */
  readonly ignored: readonly string[];
}

/** A partial resource: the body of PATCH in SCIM 1.1 (API §3.3.2). */
export interface PartialResource extends Draft {
  /** `meta.attributes`: removed before anything is merged. */
  readonly removals: readonly BoundPath[];
  /** Elements marked `operation: "delete"`. */
  readonly deletions: readonly { readonly path: ChangePath; readonly element: Complex }[];
}

/** Steps, each on what the one before has left, all of them or none: the body of PATCH in SCIM 2.0 (RFC 7644 §3.5.2). */
export interface OperationList {
  readonly operations: readonly PatchOperation[];
  readonly dialect: Dialect;
  /** As in a draft. */
  readonly ignored: readonly string[];
}

/** What a client wants to change: the body of PATCH. */
export type Patch = PartialResource | OperationList;
