/** A receiver of webhooks on a real socket. */
import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ReceiverOptions {
  /** Absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Of each request in turn; the last one stays. `undefined`: no answer. */
  readonly statuses?: readonly (number | undefined)[];
  readonly headers?: Readonly<Record<string, string>>;
}

export class Receiver {
  readonly received: Received[] = [];
  readonly #server: Server;
  readonly #options: ReceiverOptions;

  private constructor(options: ReceiverOptions) {
    this.#options = options;
    const answer = (request: IncomingMessage, response: import('node:http').ServerResponse): void =>
      void text(request).then((body) => {
        this.received.push({ path: request.url ?? '', headers: request.headers, body });
        this.#server.emit('received');
        const { statuses = [204], headers = {} } = this.#options;
        const status = statuses[Math.min(this.received.length, statuses.length) - 1];
        if (status !== undefined) response.writeHead(status, { ...headers }).end();
      });
    this.#server = options.tls ? createHttpsServer(options.tls, answer) : createHttpServer(answer);
  }

  static async start(options: ReceiverOptions = {}): Promise<Receiver> {
    const receiver = new Receiver(options);
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.#options.tls ? 'https' : 'http'}://localhost:${this.port}/hooks/a-path-only-they-know`;
  }

  /** Waits until so many have come. */
  async count(count: number): Promise<void> {
    while (this.received.length < count) await once(this.#server, 'received');
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
