import type { Socket } from 'node:net';
import type { Message, MessageResponse } from 'ldapts';
import { cancelled, LdapFailure } from '../directory/ldap-failure.ts';
import type { Limits } from './limits.ts';
import type { Wire } from './wire.ts';

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

/** One bound connection, from its bind until its first failure. There is no second life. */
export class Connection {
  readonly url: string;
  readonly openedAt = performance.now();
  /** A request was given up while its answer was still to come, or a paged search was left before its end. */
  dirty = false;
  /** The page-wise search that runs: OpenLDAP keeps one per connection (RFC 2696 leaves the number open). */
  paging: Promise<void> = Promise.resolve();
  /** It was lost with requests on it, not while idle. */
  failedWork = false;

  readonly #wire: Wire;
  readonly #socket: Socket;
  readonly #pending = new Set<() => void>();
  readonly #onLost: (connection: Connection) => void;
  #lost: string | undefined;
  #lastHeard = performance.now();
  #lastUsed = performance.now();

  /** @param socket already given to `wire` and bound. @param onLost called once, unless we close the connection */
  constructor(url: string, wire: Wire, socket: Socket, onLost: (connection: Connection) => void) {
    this.url = url;
    this.#wire = wire;
    this.#socket = socket;
    this.#onLost = onLost;
    socket.on('data', () => {
      this.#lastHeard = performance.now();
    });
    socket.on('error', () => {});
    socket.once('end', () => this.#lose('the server closed the connection'));
    socket.once('close', () => this.#lose('the connection was lost'));
    if (socket.destroyed) this.#lose('the connection was lost');
  }

  get lost(): string | undefined {
    return this.#lost;
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  get idleFor(): number {
    return performance.now() - this.#lastUsed;
  }

  /** @throws LdapFailure without a code when no answer came; refusals of the server are answers */
  async request(make: (messageId: number) => Message, limits: Limits): Promise<MessageResponse> {
    const { signal, timeout, changes } = limits;
    if (this.#lost !== undefined) throw this.#failure(this.#lost, false);
    if (signal.aborted) throw cancelled(signal, false);
    const started = performance.now();
    this.#lastUsed = started;
    let answer: Promise<MessageResponse | undefined>;
    try {
      answer = this.#wire.send(make, limits.size);
    } catch (error) {
      if (error instanceof LdapFailure) throw error;
      throw this.#failure('the request could not be sent', false, error);
    }
    return new Promise((resolve, reject) => {
      const lost = (): void => reject(this.#failure(this.#lost ?? 'the connection was lost', changes));
      const abort = (): void => {
        this.dirty = true;
        reject(cancelled(signal, changes));
      };
      // Not cleared when the caller gives up: a server that stays silent is found out all the same.
      const timer = setTimeout(() => {
        this.dirty = true;
        reject(this.#failure(`no answer within ${seconds(timeout)}`, changes, undefined, 'directory-silent'));
        // Slow is not dead: others on this connection may still get their answers.
        if (this.#lastHeard <= started) this.#lose(`no answer within ${seconds(timeout)}`);
      }, timeout);
      this.#pending.add(lost);
      signal.addEventListener('abort', abort, { once: true });
      const finish = (): void => {
        clearTimeout(timer);
        this.#pending.delete(lost);
        signal.removeEventListener('abort', abort);
        this.#lastUsed = performance.now();
      };
      answer.then(
        (response) => {
          finish();
          if (response) resolve(response);
          else reject(this.#failure('the server gave no answer', changes));
        },
        (error: unknown) => {
          finish();
          reject(this.#failure(this.#lost ?? 'the connection was lost', changes, error));
          // ldapts drops whatever else came in the same packet as an answer it cannot read.
          this.#lose('the server sent something that is not LDAP');
        },
      );
    });
  }

  /** Says goodbye (RFC 4511 §4.3). What still runs fails. */
  close(): void {
    if (this.#lost !== undefined) return;
    this.#lost = 'the connection was closed';
    for (const fail of this.#pending) fail();
    this.#pending.clear();
    // ldapts waits for the goodbye to be written, which a frozen peer may prevent.
    const timer = setTimeout(() => this.#socket.destroy(), 1_000);
    this.#wire
      .close()
      .catch(() => {})
      .finally(() => {
        clearTimeout(timer);
        this.#socket.destroy();
      });
  }

  #lose(reason: string): void {
    if (this.#lost !== undefined) return;
    this.#lost = reason;
    this.failedWork = this.#pending.size > 0;
    for (const fail of this.#pending) fail();
    this.#pending.clear();
    this.#socket.destroy();
    this.#onLost(this);
  }

  #failure(text: string, outcomeUnknown: boolean, cause?: unknown, fault?: LdapFailure['fault']): LdapFailure {
    return new LdapFailure(`${this.url}: ${text}`, {
      outcomeUnknown,
      fault,
      ...(cause === undefined ? {} : { cause }),
    });
  }
}
