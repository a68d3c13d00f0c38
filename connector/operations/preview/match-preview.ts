import type { Example, Found } from './examples.ts';
import type { OktaColumn } from './okta-columns.ts';

/** One value that a push would change. */
export interface OverwriteExample extends Example {
  readonly before?: string;
  readonly after?: string;
}

/** What a push would do to one attribute, over all who are linked. */
export interface AttributeOverwrites {
  readonly attribute: string;
  /** People whose value it would replace. */
  readonly overwritten: number;
  /** People who have none now. */
  readonly filled: number;
  /** People who would have none afterwards. */
  readonly removed: number;
  readonly examples: readonly OverwriteExample[];
}

/** What Okta's people meet in a store. */
export interface MatchPreview {
  readonly app: string;
  /** Nothing stands in the way. */
  readonly ok: boolean;
  /** By which attribute they are matched: Okta's "Unique user field name". */
  readonly field: string;
  /** What the columns of the export are taken for. */
  readonly columns: readonly OktaColumn[];
  /** Rows of the file: those looked at, and those whose status says that they are deactivated in Okta. */
  readonly rows: { readonly read: number; readonly deactivated: number };
  /** Of the rows that were looked at. */
  readonly linked: number;
  /** Of those who are linked, whom a push would leave as they are. */
  readonly unchanged: number;
  readonly created: Found;
  readonly ambiguous: Found;
  /** Rows whose push the connector would refuse. */
  readonly refused: Found;
  /** Rows that are no person: `id` is the line. */
  readonly unreadable: Found;
  /** People of the store whom the file does not have. */
  readonly onlyHere: Found;
  /** The most overwritten first. */
  readonly overwrites: readonly AttributeOverwrites[];
  /** Every push would be refused: `read_only` is set. */
  readonly readOnly: boolean;
}
