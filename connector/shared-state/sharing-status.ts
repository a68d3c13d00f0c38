/** One of the connectors that share a database. */
export interface NodeStatus {
  /** The host's name. */
  readonly name: string;
  readonly version: string;
  /** ISO 8601, UTC, by the clock of the database. */
  readonly started: string;
  /** It is the one that tells this. */
  readonly isSelf: boolean;
}

/** How a connector stands among those that share its database. */
export interface SharingStatus {
  readonly nodes: readonly NodeStatus[];
  /** Why apps are not served here: one text each. */
  readonly refusals: Readonly<Record<string, string>>;
  /** Why the others hear nothing of this one. */
  readonly failure?: string;
}
