import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { Connections } from '../http/connections.ts';
import { refuseUnreadable } from '../http/request/unreadable.ts';
import type { Log } from '../log/log.ts';
import { PROTOCOLS } from '../protocol/protocols.ts';
import { connectionLimit, descriptorLimit } from './descriptor-limit.ts';
import { Handshakes, type HandshakesOptions } from './handshakes.ts';

/** How long silent clients are borne. Unit: ms. */
export interface Patience {
  /** Until TLS stands. */
  readonly handshake: number;
  /** Until the headers of a request have arrived, also of the first one. */
  readonly headers: number;
  /** While nothing is sent or taken, as by clients that never read their answer. */
  readonly stalled: number;
  /** How often it is looked who has had too long. */
  readonly lookEvery: number;
}

export interface TlsOptions extends Omit<HandshakesOptions, 'log'> {
  readonly context: SecureContextOptions;
}

export interface ListenerOptions {
  readonly host: string | undefined;
  /** 0 takes a free one. */
  readonly port: number;
  /** Absent: plain HTTP. */
  readonly tls?: TlsOptions;
  /** `mostOfAddress` holds while some of them rest. */
  readonly connections?: { readonly most: number; readonly mostOfAddress: number };
  readonly patience?: Partial<Patience>;
  readonly log: Log;
}

/** An agent's handshake and headers take milliseconds, and its proxies' seconds. */
const PATIENCE: Patience = { handshake: 20_000, headers: 30_000, stalled: 120_000, lookEvery: 5000 };

/** Agents and proxies keep tens of connections. */
const MOST_OF_ADDRESS = 500;

function boundsOf(most: number): { readonly most: number; readonly mostOfAddress: number } {
  return { most, mostOfAddress: Math.min(MOST_OF_ADDRESS, Math.ceil(most / 2)) };
}

/** Unit: ms. Longer than proxies keep idle connections, so that it is they who close them. */
const KEEP_ALIVE = 75_000;

/** The socket: listens, swaps certificates while it runs, and drains. */
export class Listener {
  readonly #server: HttpServer | HttpsServer;
  readonly #options: ListenerOptions;
  readonly #connections: Connections;

  constructor(listener: RequestListener, options: ListenerOptions) {
    this.#options = options;
    // We refuse a request without Host ourselves, in SCIM's shape and not in Node's empty one.
    const patience = { ...PATIENCE, ...options.patience };
    const http = {
      requireHostHeader: false,
      headersTimeout: patience.headers,
      connectionsCheckingInterval: patience.lookEvery,
    };
    this.#server = options.tls
      ? createHttpsServer({ ...http, ...options.tls.context, handshakeTimeout: patience.handshake }, listener)
      : createHttpServer(http, listener);
    // RFC 9110 §10.1.1: an expectation we do not know may be ignored.
    this.#server.on('checkExpectation', listener);
    this.#server.keepAliveTimeout = KEEP_ALIVE;
    this.#server.timeout = patience.stalled;
    const bounds = options.connections ?? boundsOf(connectionLimit(descriptorLimit()));
    this.#connections = new Connections(this.#server, { ...bounds, log: options.log });
    this.#server.on('clientError', refuseUnreadable(options.log, PROTOCOLS[0]));
    if (this.#server instanceof HttpsServer && options.tls)
      new Handshakes(this.#server, { ...options.tls, log: options.log });
  }

  /** @throws Error when the address is taken or not ours */
  async listen(): Promise<{ readonly port: number }> {
    const { port, host } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    return { port: (this.#server.address() as AddressInfo).port };
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#connections.count;
  }

  /** New connections see the new certificate, running ones are left alone. */
  setCertificate(tls: SecureContextOptions): void {
    if ('setSecureContext' in this.#server) this.#server.setSecureContext(tls);
  }

  /** Stops accepting and lets running requests finish. @param grace  unit: ms */
  async close(grace: number): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#server.closeIdleConnections();
    // A connection between two requests is idle only after the running one: look again until all are gone.
    const sweep = setInterval(() => this.#server.closeIdleConnections(), 50);
    const cut = setTimeout(() => this.#server.closeAllConnections(), grace);
    await closed;
    clearInterval(sweep);
    clearTimeout(cut);
  }
}
