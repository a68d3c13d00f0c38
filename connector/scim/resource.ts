export type Scalar = string | number | boolean;

/** A complex value: sub-attribute name → value. Sub-attributes are never complex themselves (SCIM 1.1 Core §2.1). */
export type Complex = { readonly [subAttribute: string]: Scalar | readonly Scalar[] };

export type Value = Scalar | Complex | readonly (Scalar | Complex)[];

/**
 * Attributes of one resource under their canonical names. Core attributes sit at the top; an extension's
 * sit in an object under its URN (`schema/names.ts`). Absent means "no value": never null, "" or [].
 * Plural attributes are always arrays of `Complex`, whatever short form the client used.
 */
export type Attributes = { readonly [name: string]: Value | Attributes };

/** `Attributes` while they are put together. */
export type Bag = Record<string, Value | Attributes>;

/** Whether a key of `Attributes` leads to an extension's object; any other is a core attribute's name. */
export const isUrn = (key: string): boolean => key.startsWith('urn:');

export interface Meta {
  /** ISO 8601, UTC, milliseconds. */
  readonly created: string;
  /** ISO 8601, UTC, milliseconds. Also bumped when the membership of a group changes, for the group and its member. */
  readonly lastModified: string;
  /** Opaque; changes with every modification. Absent where the backend has no versions. No quotes, no `W/`. */
  readonly version?: string;
}

export interface Resource {
  readonly id: string;
  readonly meta: Meta;
  /** Without `id`, `meta` and `schemas`. With the computed ones (`groups`, `members`), never with `password`. */
  readonly attributes: Attributes;
  /** It has members, more than were wanted, and shows none of them. */
  readonly isPartial?: true;
}

/** A resource after a change. */
export interface Changed extends Resource {
  /** All that was asked for was so already, and nothing was written. */
  readonly unchanged?: true;
}

export const isComplex = (value: unknown): value is Complex =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
