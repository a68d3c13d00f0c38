import type { Attribute } from './attribute.ts';

/** Attributes beside the core schema, under a URN of their own (SCIM 1.1 Core §4). */
export interface Extension {
  /** The URN shown in `/Schemas`; data may come under any URN that `accepts` (an open one: Okta's app URNs). */
  readonly urn: string;
  accepts(urn: string): boolean;
  /** What SCIM 2.0 calls it, and takes for it besides `urn`. Absent: as SCIM 1.1 does. */
  readonly publishedAs?: string;
  readonly attributes: readonly Attribute[];
  /** Attributes that nobody declared are kept as they come. */
  readonly open: boolean;
}
