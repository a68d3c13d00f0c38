import type { Filter } from '../../scim/filter/ast.ts';
import type { Attributes } from '../../scim/resource.ts';
import type { BoundPath, ResourceType } from '../../scim/schema/resource-type.ts';
import type { Finding } from './finding.ts';

/** What is to be explained. */
export interface FilterQuestion {
  readonly type: ResourceType;
  readonly filter: Filter<BoundPath>;
  /** What is asked instead, where the store shows what it is given in words of its own. @param asKept  as `Backend.asKept` */
  readonly inStoreWords?: (
    asKept: (attributes: Attributes) => Attributes,
    filter: Filter<BoundPath>,
  ) => Filter<BoundPath>;
  /** Ends the reading; what was found until then is told. */
  readonly signal: AbortSignal;
  /** Most rows or entries that may be read. */
  readonly most: number;
}

/** One thing that a store does for a statement or a search. */
export interface PlanLine {
  /** In plain words. */
  readonly text: string;
  /** In the store's own, where it has told. */
  readonly own?: string;
}

/** A way of comparing that a directory may have an index for (RFC 4511 §4.5.1.7). */
export type MatchKind = 'eq' | 'pres' | 'sub' | 'ordering';

/** Whether comparing an attribute in one way has an index. */
export interface IndexState {
  readonly attribute: string;
  readonly match: MatchKind;
  /** `unknown`: the server does not tell the service account. */
  readonly state: 'indexed' | 'missing' | 'unknown';
}

/** A statement or a search that a store is asked, for a filter. */
export interface ExplainedStep {
  /** "finds them" */
  readonly purpose: string;
  /** As it is sent. */
  readonly text: string;
  /** Values that are sent beside the text, in the order of their places. */
  readonly parameters?: readonly (string | number)[];
  /** Of a search: where it begins and how far it goes. */
  readonly base?: string;
  readonly scope?: 'base' | 'one' | 'sub';
  /** How often it was asked, with other values. */
  readonly times: number;
  readonly plan: readonly PlanLine[];
  readonly indexes: readonly IndexState[];
  /** Rows that were looked at, or entries that came. */
  readonly read: number;
  /** Unit: ms. */
  readonly duration: number;
}

/** What a store does for a filter, and what that costs. */
export interface FilterExplanation {
  readonly language: 'SQL' | 'LDAP';
  readonly steps: readonly ExplainedStep[];
  /** Resources that the filter is true for. */
  readonly found: number;
  /** Rows of a database, entries of a directory. */
  readonly unit: 'row' | 'entry';
  readonly lookedAt: number;
  /** Of them, those that the connector itself had to judge, because the store cannot compare as SCIM does. */
  readonly judged: number;
  /** False: reading ended early, and the numbers are lower bounds. */
  readonly complete: boolean;
  /** Unit: ms. */
  readonly duration: number;
  /** The verdict first; then what stands in the way. */
  readonly findings: readonly Finding[];
  /** Commands for whoever administers the store, to be copied. */
  readonly remedies: readonly string[];
}
