/** What no body of SCIM comes near, and a parser must not be made to work through. */
export interface JsonLimits {
  readonly depth: number;
  /** Keys of one object. */
  readonly keys: number;
  /** Elements of one list. */
  readonly elements: number;
  /** Values of the whole body: objects, lists and what is in them. */
  readonly values: number;
  /** One text or number. Unit: bytes. */
  readonly text: number;
  /** Parsed at once, about. Unit: bytes. */
  readonly slice: number;
}

export const JSON_LIMITS: JsonLimits = {
  depth: 64,
  keys: 1000,
  elements: 250_000,
  values: 1_000_000,
  text: 1024 * 1024,
  slice: 128 * 1024,
};
