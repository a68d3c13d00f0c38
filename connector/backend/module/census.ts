/** Why an account is not shown to Okta. */
export type InvisibleReason =
  /** It has no value of the attribute that `userName` is read from. */
  | 'no name'
  /** It does not match the setting `users.filter`. */
  | 'outside filter'
  /** It lacks an object class that `users.filter` asks for. */
  | 'object class'
  /** The service account may not read what it would be known by. */
  | 'unreadable';

/** Accounts that are there, and that no list of the connector holds. */
export interface Invisible {
  readonly reason: InvisibleReason;
  readonly count: number;
  /** What would make them visible, in the words of the store. */
  readonly fix: string;
  /** The store's own names for the first of them, such as DNs. */
  readonly examples: readonly string[];
}

/** Members of groups that are nobody whom the connector shows. */
export interface Dangling {
  readonly count: number;
  /** The store's own names of group and member, of the first of them. */
  readonly examples: readonly { readonly group: string; readonly member: string }[];
}

/** Who lies where accounts are looked for, and why some of them are not seen. */
export interface Census {
  /** Where it was looked, such as DNs. */
  readonly places: readonly string[];
  /** Entries that were read for it. */
  readonly read: number;
  /** By reason, the most frequent first. */
  readonly invisible: readonly Invisible[];
  /** Left out of the groups that Okta is shown. */
  readonly dangling: Dangling;
  /** What a census cannot know, to be told with it. */
  readonly note?: string;
}

export interface CensusOptions {
  readonly signal: AbortSignal;
  /** Most names for each reason. */
  readonly examples: number;
}
