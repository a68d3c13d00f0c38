/** Requests that were sent on behalf of the connector's work: not binds, not tries of idle connections. */
export type SentKind = 'search' | 'add' | 'modify' | 'rename' | 'delete' | 'password';

/** How one pool of connections to a server stands. */
export interface PoolStanding {
  readonly name: string;
  readonly busy: number;
  readonly idle: number;
  readonly opening: number;
  /** Pieces of work that wait for a connection. */
  readonly waiting: number;
}

/** How one server stands. */
export interface ServerStanding {
  readonly url: string;
  /** Not left alone after failures. */
  readonly usable: boolean;
  /** The one that is worked with. */
  readonly current: boolean;
  readonly pools: readonly PoolStanding[];
  /** Since the start. */
  readonly sent: Readonly<Partial<Record<SentKind, { readonly done: number; readonly failed: number }>>>;
}

/** How the servers of a directory stand, in the order of `urls`. */
export interface DirectoryStanding {
  readonly servers: readonly ServerStanding[];
  /** How often another server was turned to since the start, there and back. */
  readonly failovers: number;
}
