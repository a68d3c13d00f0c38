import type { Filter } from 'ldapts';
import type { DirectoryStanding } from './standing.ts';

/**
 * An entry, its attributes under lower-case names. `;binary` and `;range` are taken off, ranges are complete; another
 * option (`cn;lang-de`) stays in the name, because its values are not the plain attribute's. Never an empty list.
 */
export interface Entry {
  readonly dn: string;
  readonly attributes: ReadonlyMap<string, readonly (string | Buffer)[]>;
}

/** The first value of an attribute, in whatever case its name is given. */
export const firstText = (attributes: Entry['attributes'], name: string): string | undefined =>
  attributes.get(name.toLowerCase())?.[0]?.toString();

export interface Search {
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  /** An object, never text: what a client sends cannot become syntax. */
  readonly filter: Filter;
  /** Operational ones by name; `1.1` for none. */
  readonly attributes: readonly string[];
  /** Attributes whose values are bytes; the case of the names does not matter. */
  readonly binary?: readonly string[];
}

export interface Modification {
  readonly operation: 'add' | 'delete' | 'replace';
  readonly attribute: string;
  readonly values: readonly (string | Buffer)[];
}

/** What has to hold of an entry for a change to be made. An object, as in a search. */
export type Condition = Filter;

/** One attribute of an entry just before and just after a modify, with nothing of others in between (RFC 4527). */
export interface PreAndPostRead {
  readonly before?: string;
  readonly after?: string;
}

/** One authenticated connection, lent for one piece of work and useless after it. @throws LdapFailure from every method */
export interface Session {
  /** URL of the server that it leads to. */
  readonly server: string;
  /** All entries or an error: pages inside, survives empty pages, follows no referral. */
  search(search: Search): Promise<readonly Entry[]>;
  /** The same, page by page. Only on a session of the `cursor` pool. @param size entries in one page */
  pages(search: Search, size?: number): AsyncIterable<readonly Entry[]>;
  add(dn: string, attributes: Readonly<Record<string, readonly (string | Buffer)[]>>): Promise<void>;
  /**
   * In the given order, all or nothing.
   * @param witness  an attribute to tell about; only some servers do
   * @param condition  what has to hold of the entry just then, else assertionFailed (RFC 4528); only some servers do
   */
  modify(
    dn: string,
    modifications: readonly Modification[],
    witness?: string,
    condition?: Condition,
  ): Promise<PreAndPostRead | undefined>;
  /** modifyDN; the old RDN value goes. `newSuperior` moves the entry. @param condition  as in `modify` */
  rename(dn: string, newRdn: string, newSuperior?: string, condition?: Condition): Promise<void>;
  /** @param condition  as in `modify` */
  delete(dn: string, condition?: Condition): Promise<void>;
  /** RFC 3062. */
  setPassword(dn: string, password: string): Promise<void>;
}

/** What the server says of itself, under lower-case names. */
export type RootDse = Entry['attributes'];

/**
 * The directory behind all its URLs and connections. Work is given a session of one pool; every session is bound as
 * the service account over TLS, or the work never starts.
 */
export interface Directory {
  /** Absent where nothing is connected to. */
  readonly standing?: DirectoryStanding;
  rootDse(signal: AbortSignal): Promise<RootDse>;
  /** Shared, pipelined. Repeated once on another connection or server when the connection is lost. */
  read<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T>;
  /** A connection of its own, for paged searches. Repeated as `read` is: `work` begins anew each time. */
  cursor<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T>;
  /** Few at a time. A write that was sent is never repeated: its failure says that the outcome is unknown. */
  write<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T>;
  /** Binds as `dn` on a connection that is thrown away. @returns false when the directory refuses the password */
  checkPassword(signal: AbortSignal, dn: string, password: string): Promise<boolean>;
  close(): Promise<void>;
}
