import type { Client } from '../backend/backend.ts';
import type { Value } from '../scim/resource.ts';
import type { TypeName } from '../scim/schema/resource-type.ts';
import type { OperationName } from '../service/observer.ts';

/** What Okta wanted, told from what changed: most of it arrives as the same PUT (docs/okta-agent.md, "Messages"). */
export type Intent =
  | 'create'
  /** A create that found the account there already, as it should be. */
  | 'link'
  | 'activate'
  | 'deactivate'
  | 'reactivate'
  | 'rename'
  | 'profile'
  | 'password'
  | 'group change'
  | 'delete'
  /** A whole import: its pages are one record. */
  | 'import'
  | 'read'
  | 'bulk'
  /** A request of which it is not known what it wants. */
  | 'request';

/**
 * `not done`: it was begun, the process ended, and the store shows that it did not come about. `unknown`: it was sent and
 * nothing tells whether it came about.
 */
export type RecordOutcome = 'done' | 'refused' | 'failed' | 'not done' | 'unknown';

/** What became of one attribute. A password has no values here, whatever anybody does: there is no place for them. */
export type RecordedChange =
  | { readonly path: string; readonly before?: Value; readonly after?: Value }
  | { readonly path: 'password'; readonly secret: 'set' | 'removed' };

/** A few of many: a group may have tens of thousands of members. */
export interface Some {
  readonly ids: readonly string[];
  /** Of all. */
  readonly count: number;
}

/** One operation that changed something, failed or was refused, as the journal keeps it (docs/journal.md). */
export interface JournalRecord {
  /** Name of the connector that did it, where several share a database. */
  readonly node?: string;
  /** ISO 8601, UTC, with ms: when it was over. */
  readonly time: string;
  /** When a database that several connectors write to made the change, by its own clock. ISO 8601. */
  readonly stored?: string;
  /** The reference in error texts and log lines. */
  readonly ref: string;
  /** Of an operation in a bulk request: which one, from 0, in the order in which they began. */
  readonly part?: number;
  /** Name of the app; empty where it was not known yet. */
  readonly app: string;
  /** Name of the credential; empty before one was accepted. */
  readonly actor: string;
  readonly client?: Client;
  readonly operation: OperationName;
  /** What Okta calls it. */
  readonly message: string;
  readonly intent: Intent;
  readonly type?: TypeName;
  readonly id?: string;
  /** `userName` or `displayName`. */
  readonly name?: string;
  readonly changes?: readonly RecordedChange[];
  readonly joined?: Some;
  readonly left?: Some;
  /** What was sent to the store, as its operator would type it; never a secret. */
  readonly sent?: readonly string[];
  /** Where it was sent to, where a store has several servers: the URL of the last. */
  readonly server?: string;
  /**
   * ISO 8601: when it was found out what became of it, by looking. The connector had ended before it was over, or the store
   * had not answered; `sent` says of each write whether it is done. More may have been wanted.
   */
  readonly settled?: string;
  readonly outcome: RecordOutcome;
  /** `Reason` of the refusal, or `internal`. */
  readonly reason?: string;
  /** Code in the catalogue of faults (`explain CODE`). */
  readonly fault?: string;
  /** HTTP. */
  readonly status?: number;
  /** What Okta was told. */
  readonly text?: string;
  /** The store's own words. */
  readonly diagnostic?: string;
  /** What the operator has to change for all of it to arrive. */
  readonly hint?: string;
  /** Attributes that the schema does not know, or that the store has no place for. */
  readonly ignored?: readonly string[];
  /** References that lead nowhere: the rest was done without them. */
  readonly leftOut?: readonly string[];
  /** Of an import: pages asked for, resources there are. */
  readonly pages?: number;
  readonly total?: number;
  /** Of an incremental import: only what has changed since is counted. ISO 8601. */
  readonly since?: string;
  /** Of refusals alike that came in one minute from one address: how many this record stands for. */
  readonly times?: number;
  /** Unit: ms. */
  readonly duration: number;
  /** Part of it that the store took. Unit: ms. */
  readonly backendDuration: number;
}

/** How people call a record. */
export const recordKey = ({ ref, part }: Pick<JournalRecord, 'ref' | 'part'>): string =>
  part === undefined ? ref : `${ref}#${part}`;
