import type { Capabilities } from '../backend/backend.ts';
import type { Cursors } from './cursors.ts';

/** How clients prove who they are, as they are told of it (SCIM 1.1 Core §9). */
export interface AuthenticationScheme {
  readonly name: string;
  readonly description: string;
  readonly specUrl?: string;
  readonly type: string;
  readonly primary: boolean;
}

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
  readonly authentication: AuthenticationScheme;
  /** Whoever reaches the port is let in. */
  readonly open: boolean;
  readonly documentationUrl?: string;
}

export interface ListRules {
  readonly filter: boolean;
  readonly sort: boolean;
  /** Taken off the instant of `meta.lastModified gt`. Unit: ms. docs/okta-agent.md, Imports. */
  readonly incrementalOverlap: number;
  /** Where lists go on from cursors. */
  readonly cursors?: Cursors;
}
