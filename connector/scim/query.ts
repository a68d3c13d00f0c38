import type { Filter } from './filter/ast.ts';
import type { Resource } from './resource.ts';
import type { BoundPath } from './schema/resource-type.ts';

/** Attributes that may cost reads of their own: `User.groups`, `Group.members`, what a user is given. */
export type Costly = 'groups' | 'members' | 'entitlements';

export interface Read {
  /** Left out of the answer, because the client did not ask for them. */
  readonly without?: readonly Costly[];
  /** Members as `{ value }` alone. For working out a change: what they are called costs reads of their own. */
  readonly bare?: true;
  /** A group of more members need not show any; a store that can tell without reading them says that it is partial. */
  readonly mostMembers?: number;
  /**
   * `remembered`: what the store still knows of the resource will do. For working out a change: `modify` finds out when
   * it is outdated. Absent: as it is now.
   */
  readonly freshness?: 'remembered';
}

export interface Sort {
  /** Singular or the sub-attribute of a plural: then the primary value counts, else the first. */
  readonly path: BoundPath;
  readonly descending: boolean;
}

/** A walk from page to page that goes on behind a place, wherever that is by now (RFC 9865). */
export interface Cursor {
  /**
   * `Page.next` of the page before, as it was. In the store's own words, which may hold what it sorts by: nothing for a
   * client to read. Absent: from the beginning.
   */
  readonly after?: string;
}

export interface Query extends Read {
  readonly filter?: Filter<BoundPath>;
  /** Absent values last when ascending, first when descending (SCIM 1.1 API §3.2.2.2). */
  readonly sort?: Sort;
  /**
   * Resources to skip. 0-based, unlike the wire's `startIndex`. With a `cursor`: how many were on the pages before it, told
   * to whoever counts; no store skips them.
   */
  readonly offset: number;
  /**
   * Present: the page begins behind a place, not after a number. Whatever comes or goes meanwhile, no
   * resource that stays and keeps its values is shown twice or left out, and the last page costs what the first does.
   */
  readonly cursor?: Cursor;
  /** Most resources to return; 0 asks for the total alone. */
  readonly limit: number;
}

export interface Page {
  readonly resources: readonly Resource[];
  /** Of the whole query, on every page. */
  readonly total: number;
  /** Of a page with a `cursor`: the place behind it. Absent where nothing follows, and where `limit` is 0. */
  readonly next?: string;
}
