import type { Socket } from 'node:net';
import { Client, type ClientConfig } from 'pg';
import { type Host, shownHost } from './address.ts';
import { cancelAt } from './cancel-request.ts';
import { ConnectionLost, sqlState } from './postgres-errors.ts';

/** What pg keeps of a connection, and does not declare. */
interface Wire {
  readonly processID: number | null;
  readonly secretKey: number | null;
  readonly connection: { readonly stream: Socket };
  readonly connectionParameters: { options?: string | undefined; replication?: string | undefined };
  getTransactionStatus(): 'I' | 'T' | 'E' | null;
}

export interface Answer {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: unknown[];
}

/** One connection to a server. Statements that are given without waiting travel together, in that order. */
export class Connection {
  readonly host: Host;
  /** Nobody else has a connection of that name, in any process. */
  readonly name: string;
  /** A pooler stands between: the next transaction may meet another server. */
  isPooled = false;
  isLost = false;
  /** When something was last asked or heard, as long as an answer is missing. Times are those of `performance.now()`. */
  heardAt = 0;
  idleSince = 0;
  readonly #client: Client;
  #missing = 0;
  #lose: (connection: this) => void = () => undefined;

  constructor(host: Host, name: string, config: ClientConfig & { readonly pipeline: true }) {
    this.host = host;
    this.name = name;
    this.#client = new Client(config);
    // Settings of a session, which a pooler refuses: PGOPTIONS is meant for psql.
    this.#wire.connectionParameters.options = undefined;
    this.#wire.connectionParameters.replication = undefined;
    // Told by the statements that fail for it.
    this.#client.on('error', () => this.#lost());
    this.#client.on('end', () => this.#lost());
  }

  get #wire(): Wire {
    return this.#client as unknown as Wire;
  }

  /** Whose connections are another server's. */
  get at(): string {
    return shownHost(this.host);
  }

  get processId(): number | null {
    return this.#wire.processID;
  }

  /** Answers that are missing. */
  get missing(): number {
    return this.#missing;
  }

  /** Nothing is under way on it and no transaction is open. */
  get isClean(): boolean {
    return !this.isLost && this.#missing === 0 && this.#wire.getTransactionStatus() === 'I';
  }

  /** @throws what pg says @param patience  Unit: ms. */
  async connect(patience: number): Promise<void> {
    const late = setTimeout(
      () => this.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' })),
      patience,
    );
    try {
      await this.#client.connect();
    } finally {
      clearTimeout(late);
    }
  }

  whenLost(listener: (connection: this) => void): void {
    this.#lose = listener;
    if (this.isLost) listener(this);
  }

  /** Rows as arrays. Without parameters a text may hold several statements. @throws what the server says, or pg */
  async ask(text: string, params: readonly unknown[] = []): Promise<Answer> {
    if (this.#missing === 0) this.heardAt = performance.now();
    this.#missing += 1;
    try {
      return await this.#client.query({ text, values: params as unknown[], rowMode: 'array' });
    } catch (error) {
      // What pg says itself has no SQLSTATE; a value that it cannot send is no loss.
      throw this.isLost && sqlState(error) === undefined ? new ConnectionLost('lost', { cause: error }) : error;
    } finally {
      this.#missing -= 1;
      this.heardAt = performance.now();
    }
  }

  /** Asks the server to stop what it does for us, on a connection of its own. Resolves when that was heard or lost. */
  async cancel(): Promise<void> {
    const { processID, secretKey } = this.#wire;
    if (processID !== null && secretKey !== null) await cancelAt(this.host, processID, secretKey);
  }

  /** Without goodbye: whoever waits for an answer is told. */
  destroy(reason?: Error): void {
    this.#wire.connection.stream.destroy(reason);
    this.#lost();
  }

  /** With goodbye, where nothing is under way. */
  end(): void {
    this.#client.end().catch(() => undefined);
    this.#lost();
  }

  #lost(): void {
    if (this.isLost) return;
    this.isLost = true;
    this.#lose(this);
  }
}
