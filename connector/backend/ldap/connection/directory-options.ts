/** Which server certificates are believed. */
export type Trust =
  /** The authorities of the operating system and of Node. */
  | { readonly kind: 'system' }
  /** PEM, one certificate or many; nothing else is believed. */
  | { readonly kind: 'authority'; readonly ca: string }
  /** SHA-256 fingerprints of the server's own certificate, hexadecimal, colons optional. Names are not looked at. */
  | { readonly kind: 'pinned'; readonly sha256: readonly string[] };

/** How the service account proves who it is. */
export type ServiceBind =
  /**
   * `password` is asked for every new connection, so a changed secret needs no restart. Never empty. `origin`: where it
   * is set, for texts.
   */
  | {
      readonly kind: 'simple';
      readonly dn: string;
      readonly password: () => string | Promise<string>;
      readonly origin?: string;
    }
  /** SASL EXTERNAL with a client certificate. PEM. */
  | { readonly kind: 'external'; readonly cert: string; readonly key: string; readonly passphrase?: string };

/** Unit: ms. */
export interface Timeouts {
  /** TCP, TLS and bind together. */
  readonly connect: number;
  /** One search or compare on a shared connection. */
  readonly read: number;
  /** One change. Long: a rename in a large 389 directory takes seconds, a big group minutes. */
  readonly write: number;
  /** One page on a cursor's connection. */
  readonly page: number;
  /** One call of `read`, `write` or `checkPassword` with its waits and repetitions. Below Okta's 30 s. */
  readonly total: number;
}

export interface PoolSize {
  readonly connections: number;
  /** Pieces of work at the same time on one connection. */
  readonly sharing: number;
}

export interface PoolSizes {
  readonly read: PoolSize;
  readonly write: PoolSize;
  readonly cursor: PoolSize;
}

export type PoolName = keyof PoolSizes;

/** What the operator is told: servers reached, lost and left. Never a name or value of a person. */
export interface DirectoryLog {
  info(text: string): void;
  warn(text: string): void;
}

export interface DirectoryOptions {
  /** In order of preference, a writable server first: `ldaps://host[:port]` or `ldap://host[:port]`. */
  readonly urls: readonly string[];
  /** Upgrades `ldap://` to TLS before anything else is sent. */
  readonly startTls?: boolean;
  /** Allows clear text, with the password in it, to other hosts than this one. */
  readonly insecure?: boolean;
  readonly trust?: Trust;
  /** The name the certificate carries, where it is not the URL's host. */
  readonly servername?: string;
  readonly bind: ServiceBind;
  readonly timeouts?: Partial<Timeouts>;
  readonly pools?: Partial<PoolSizes>;
  /** Entries in one page. At most the server's own limit: 1000 in Active Directory. */
  readonly pageSize?: number;
  /** A connection older than this is replaced. Unit: ms. */
  readonly maxLifetime?: number;
  /** A connection idle for longer is tried before use. Unit: ms. */
  readonly idleCheck?: number;
  /** How long a server that failed is left alone, at first and at most. Unit: ms. */
  readonly backOff?: { readonly first: number; readonly longest: number };
  readonly log?: DirectoryLog;
}

export interface ResolvedOptions extends Required<Omit<DirectoryOptions, 'servername' | 'timeouts' | 'pools'>> {
  readonly servername?: string;
  readonly timeouts: Timeouts;
  readonly pools: PoolSizes;
}

/**
 * Two connections carry 80 % of what a server answers, more than four add nothing; more writers than a few only queue
 * inside the server (measured on OpenLDAP, 389 and Samba).
 */
const POOLS: PoolSizes = {
  read: { connections: 2, sharing: 64 },
  write: { connections: 2, sharing: 2 },
  cursor: { connections: 4, sharing: 1 },
};

const TIMEOUTS: Timeouts = { connect: 5_000, read: 10_000, write: 60_000, page: 60_000, total: 25_000 };

/** What holds where the options say nothing. */
export const DEFAULTS = { startTls: false, insecure: false, pageSize: 500, timeouts: TIMEOUTS } as const;

const SILENT: DirectoryLog = { info: () => {}, warn: () => {} };

export const withDefaults = (options: DirectoryOptions): ResolvedOptions => ({
  ...DEFAULTS,
  trust: { kind: 'system' },
  maxLifetime: 600_000,
  idleCheck: 30_000,
  backOff: { first: 1_000, longest: 60_000 },
  log: SILENT,
  ...options,
  timeouts: { ...DEFAULTS.timeouts, ...options.timeouts },
  pools: { ...POOLS, ...options.pools },
});
