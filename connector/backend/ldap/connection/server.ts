import { PresenceFilter } from 'ldapts';
import { blotted } from '../directory/blotted.ts';
import { failureIn, LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { RootDse, Search } from '../directory/session.ts';
import type { ServerStanding } from '../directory/standing.ts';
import { BindRefused } from './bind-failure.ts';
import { Circuit } from './circuit.ts';
import type { Connection } from './connection.ts';
import { withDeadline } from './deadline.ts';
import type { PoolName, ResolvedOptions } from './directory-options.ts';
import { openConnection } from './open-connection.ts';
import { searchFailure, searchOnce } from './paged-search.ts';
import { Pool } from './pool.ts';
import type { ServerAddress } from './server-address.ts';
import { Tally } from './tally.ts';

/** A server that does not say at once that it is there has better been replaced. Unit: ms. */
const CHECK_TIMEOUT = 2_000;

const rootSearch = (attributes: readonly string[]): Search => ({
  base: '',
  scope: 'base',
  filter: new PresenceFilter({ attribute: 'objectClass' }),
  attributes,
});

/** @throws LdapFailure */
export async function readRootDse(connection: Connection, signal: AbortSignal, timeout: number): Promise<RootDse> {
  // Operational ones: `+` where it is understood, by name for Active Directory.
  const page = await searchOnce(
    connection,
    rootSearch(['*', '+']),
    { signal, timeout, changes: false, size: 0 },
    { sizeLimit: 0 },
  );
  if (page.code !== RESULT.success) throw searchFailure(connection.url, page);
  const [entry] = page.entries;
  if (!entry)
    throw new LdapFailure(`${connection.url}: the root DSE is not readable; allow it (RFC 4512 §5.1)`, {
      fault: 'directory-access-denied',
      lasting: true,
    });
  return entry.attributes;
}

const answers = (connection: Connection): Promise<boolean> =>
  withDeadline(undefined, CHECK_TIMEOUT, 'an idle connection does not answer', (signal) =>
    searchOnce(
      connection,
      rootSearch(['1.1']),
      { signal, timeout: CHECK_TIMEOUT, changes: false, size: 0 },
      { sizeLimit: 0 },
    ),
  ).then(
    () => true,
    () => false,
  );

/** The server's own words, where it had any. */
const said = (error: unknown): string =>
  error instanceof LdapFailure && error.diagnostic !== '' ? `; the server says: ${blotted(error.diagnostic)}` : '';

/** One URL: its pools of connections and what is known of its health. */
export class Server {
  readonly address: ServerAddress;
  readonly circuit: Circuit;
  readonly tally = new Tally();
  readonly #options: ResolvedOptions;
  readonly #pools: Readonly<Record<PoolName, Pool>>;

  constructor(address: ServerAddress, options: ResolvedOptions) {
    this.address = address;
    this.circuit = new Circuit(options.backOff);
    this.#options = options;
    const pool = (name: PoolName): Pool =>
      new Pool({
        size: options.pools[name],
        maxLifetime: options.maxLifetime,
        idleCheck: options.idleCheck,
        open: (onLost) => this.#open(onLost),
        check: answers,
      });
    this.#pools = { read: pool('read'), write: pool('write'), cursor: pool('cursor') };
  }

  pool(name: PoolName): Pool {
    return this.#pools[name];
  }

  get standing(): Omit<ServerStanding, 'current'> {
    return {
      url: this.address.url,
      usable: this.circuit.isClosed,
      pools: Object.entries(this.#pools).map(([name, { standing }]) => ({ name, ...standing })),
      sent: this.tally.counts,
    };
  }

  close(): void {
    for (const pool of Object.values(this.#pools)) pool.close();
  }

  abandon(): void {
    for (const pool of Object.values(this.#pools)) pool.abandon();
  }

  #stumble(reason: string): void {
    this.#options.log.warn(`directory: ${reason}`);
    this.circuit.stumbled(reason);
    // Trying the server again must mean a new connection.
    if (!this.circuit.isClosed) for (const pool of Object.values(this.#pools)) pool.retire();
  }

  async #open(onLost: (connection: Connection) => void): Promise<Connection> {
    const { log, bind } = this.#options;
    try {
      const connection = await openConnection(this.address, this.#options, bind, (lost) => {
        if (lost.failedWork) this.#stumble(`${this.address.url}: ${lost.lost}`);
        onLost(lost);
      });
      if (!this.circuit.isClosed) log.info(`directory: ${this.address.url} answers again`);
      this.circuit.succeeded();
      return connection;
    } catch (error) {
      const text = error instanceof LdapFailure ? error.message : `${this.address.url}: the connection failed`;
      if (this.circuit.reason !== text) log.warn(`directory: ${text}${said(error)}`);
      if (error instanceof BindRefused) this.circuit.refused(text);
      else this.circuit.failed(text, error instanceof LdapFailure && error.lasting, failureIn(error)?.fault);
      throw error instanceof LdapFailure ? error : new LdapFailure(text, { cause: error });
    }
  }
}
