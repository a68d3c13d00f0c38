import type { Capabilities } from '../backend/backend.ts';

/** What an app offers, as far as clients may know. */
export interface Offer {
  readonly backend: Capabilities;
  readonly readOnly: boolean;
  readonly patch: boolean;
  readonly bulk: boolean;
  readonly filter: boolean;
  readonly sort: boolean;
  readonly etag: boolean;
  readonly maxResults: number;
  readonly bulkMaxOperations: number;
  /** Unit: bytes. */
  readonly bulkMaxPayload: number;
  readonly authentication: 'header' | 'basic' | 'none';
  readonly documentationUrl?: string;
}

export interface ListRules {
  readonly filter: boolean;
  readonly sort: boolean;
  /** Taken off the instant of `meta.lastModified gt`. Unit: ms. docs/okta-agent.md, Imports. */
  readonly incrementalOverlap: number;
}
