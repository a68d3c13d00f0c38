import type { Call } from '../backend/backend.ts';
import type { ChangePath } from '../scim/change.ts';
import type { Attributes } from '../scim/resource.ts';
import type { TypeName } from '../scim/schema/resource-type.ts';

export type OperationName =
  | 'create'
  | 'get'
  | 'list'
  | 'replace'
  | 'patch'
  | 'delete'
  | 'bulk'
  | 'discover'
  /** A request that was refused before it was known what it asks for. */
  | 'request';

/** `refused`: the client was told why. `failed`: nobody foresaw it. */
export type EventOutcome = 'done' | 'refused' | 'failed';

/** Where a page stands in a list of all, or of what has changed since a time. */
export interface PageDetails {
  /** Resources before it. */
  readonly offset: number;
  /** Most that were asked for. */
  readonly limit: number;
  /** Absent from a page that failed. */
  readonly returned?: number;
  /** Nothing follows it, as its cursor tells. */
  readonly isLast?: true;
  /** ISO 8601; absent from a list of all. */
  readonly since?: string;
}

/** What is known of an operation when it is over. Values of people stand in `before` and `after` alone, never a secret. */
export interface OperationDetails {
  readonly type?: TypeName;
  /** Of the resource. */
  readonly id?: string;
  /** Its natural name: `userName`, or a group's `displayName`. */
  readonly name?: string;
  /** A create found it there already, as it should be. */
  readonly linked?: boolean;
  /** What changed; empty when nothing did. */
  readonly changed?: readonly ChangePath[];
  /** As the store has it, without what it never shows; left out, or without members, where those would cost a read. */
  readonly before?: Attributes;
  readonly after?: Attributes;
  /** Ids of members that were added. A PATCH may name some that were in the group before. */
  readonly joined?: readonly string[];
  /** Ids of members that were taken away. A PATCH may name some that were not in the group before. */
  readonly left?: readonly string[];
  /** Names that the schema does not know, and attributes that the store has no place for. */
  readonly ignored?: readonly string[];
  /** What the operator has to change, here or in Okta, for all of it to arrive. */
  readonly hint?: string;
  /** Okta's own name of the app, where custom attributes came under it. */
  readonly oktaApp?: string;
  /** Ids of members, or what stood for a manager: they lead nowhere, and the rest was done without them. */
  readonly leftOut?: readonly string[];
  /** Resources that a list found in all; operations of a bulk request. */
  readonly total?: number;
  /** Of a list as an import asks for it. */
  readonly page?: PageDetails;
}

/** One operation, told once, when it is over. Those of a bulk request are told one by one, then the request itself. */
export interface OperationEvent extends OperationDetails {
  /** Who asked: `requestId` is the reference in error texts and log lines, `actor` the name of the credential. */
  readonly call: Call;
  readonly app: string;
  readonly operation: OperationName;
  /** What Okta calls it (docs/okta-agent.md, "Messages"). */
  readonly message: string;
  readonly outcome: EventOutcome;
  /** What it failed with. A `ScimError` has a `reason`; anything else is a bug. */
  readonly failure?: unknown;
  /** From the reading of the request to its answer, or to its refusal. Unit: ms. */
  readonly duration: number;
  /** Part of it that the store took. Unit: ms. */
  readonly backendDuration: number;
}

/** Is told of operations. Must not throw, and must not keep the request waiting. */
export interface Observer {
  observe(event: OperationEvent): void;
}

/** Tells several, in their order. */
export const observers = (all: readonly Observer[]): Observer => ({
  observe: (event) => {
    for (const observer of all) observer.observe(event);
  },
});
