import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Connections } from '../http/connections.ts';
import { isLocalHost } from '../http/middleware/local-only.ts';
import type { Log } from '../log/log.ts';

export interface EndpointOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The text, and of which kind it is. */
  readonly render: () => Promise<{ readonly text: string; readonly contentType: string }>;
  readonly log: Log;
}

/** A Prometheus or two keep one each. */
const MOST_CONNECTIONS = 16;
/** For the whole request, which has no body. Unit: ms. */
const PATIENCE = 10_000;
/** Longer than the usual interval of one minute between two scrapes. Unit: ms. */
const KEEP_ALIVE = 75_000;
/** Unit: bytes. */
const LONGEST_HEADERS = 8192;

/** `/metrics` on an address of its own, for whoever is on this machine: GET and HEAD, and nothing else. */
export class Endpoint {
  readonly #options: EndpointOptions;
  readonly #server: Server;

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#server = createServer(
      {
        maxHeaderSize: LONGEST_HEADERS,
        headersTimeout: PATIENCE,
        requestTimeout: PATIENCE,
        connectionsCheckingInterval: PATIENCE / 2,
        keepAliveTimeout: KEEP_ALIVE,
      },
      (request, response) => void this.#answer(request, response),
    );
    this.#server.timeout = KEEP_ALIVE;
    new Connections(this.#server, { most: MOST_CONNECTIONS, mostOfAddress: MOST_CONNECTIONS, log: options.log });
  }

  /** @throws Error when the address cannot be listened on; its `setting` is the one that names the address */
  async listen(): Promise<void> {
    const { host, port, log } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => reject(Object.assign(error, { setting: 'metrics.listen' })));
      this.#server.listen({ host, port }, () => resolve());
    });
    const at = this.#server.address() as AddressInfo;
    log.info({}, `metrics at http://${at.family === 'IPv6' ? `[${at.address}]` : at.address}:${at.port}/metrics`);
  }

  /** At once: who asks for figures asks again. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer({ url = '', method, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path] = url.split('?', 1);
    const say = (status: number, text: string): unknown =>
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
    // Pages in a browser on this machine: they send Origin, or a name that was rebound to it.
    if (headers.origin !== undefined || !isLocalHost(headers.host ?? '')) {
      say(403, 'ask by the address in metrics.listen or by localhost');
    } else if (path !== '/metrics') say(404, 'only /metrics is here');
    else if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      say(405, 'only GET and HEAD are answered');
    } else await this.#show(response, say);
  }

  async #show(response: ServerResponse, say: (status: number, text: string) => unknown): Promise<void> {
    const { render, log } = this.#options;
    try {
      const { text, contentType } = await render();
      response
        .writeHead(200, {
          'Content-Type': contentType,
          'Content-Length': Buffer.byteLength(text),
          'Cache-Control': 'no-store',
        })
        .end(text);
    } catch (err) {
      log.error({ err }, 'the metrics could not be read');
      say(500, 'the metrics could not be read; the log has the details');
    }
  }
}
