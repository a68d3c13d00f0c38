import type { Element } from './change.ts';
import type { Filter } from './filter/ast.ts';
import { isUrn, type Value } from './resource.ts';
import type { BoundPath } from './schema/resource-type.ts';

/**
 * How literally a PATCH is taken where clients and the standard part. `compatible`: as Okta and Entra mean it. `strict`:
 * by the letter of RFC 7644. `profile`: by the SCIM 2.0 interoperability profile.
 */
export type Dialect = 'compatible' | 'strict' | 'profile';

/** Where an operation applies (RFC 7644 §3.5.2). An extension as a whole is an attribute named by its URN. */
interface Target {
  readonly at: BoundPath;
  /** Only the elements for which this is true; its paths are those of `at`'s attribute. Absent: all. */
  readonly where?: Filter<BoundPath>;
}

/** `value` is typed by the schema; of a plural attribute without filter and part it is a list. */
export interface Assignment extends Target {
  readonly op: 'add' | 'replace';
  readonly value: Value;
}

export interface Removal extends Target {
  readonly op: 'remove';
  /** Of a plural attribute: only these. Absent: all that the path leads to. */
  readonly values?: readonly Element[];
}

/** One step of a PATCH of SCIM 2.0. */
export type PatchOperation = Assignment | Removal;

/** Whether an operation leads to the core attribute `name`, or a part of it. */
export const isOperationOn =
  (name: string) =>
  ({ at: { extension, attribute } }: PatchOperation): boolean =>
    extension === undefined && attribute.name === name;

/** Whether an operation leads to an extension as a whole. */
export const isOfExtension = ({ at: { extension, attribute } }: PatchOperation): boolean =>
  extension === undefined && isUrn(attribute.name);
