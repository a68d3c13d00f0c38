import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log } from '../log/log.ts';
import { type AdminHandler, AdminRefusal } from './admin-route.ts';
import { readJson } from './read-json.ts';

/** Who talks slowly, or not at all, has this long. Unit: ms. */
const PATIENCE = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 2000 };
/** While an answer is worked out or taken. Unit: ms. */
const STALLED = 60_000;
const MOST_CONNECTIONS = 32;
/** Unit: bytes. */
const MOST_ASKED = 65_536;

export type Routes = ReadonlyMap<string, AdminHandler>;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function answerTo(routes: Routes, request: IncomingMessage, log: Log): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://admin');
  const route = `${request.method} ${pathname}`;
  const handler = routes.get(route);
  if (handler === undefined) return { status: 404, body: { error: `${route} is not known to the running version` } };
  try {
    const body = await readJson(request, MOST_ASKED);
    return { status: 200, body: (await handler({ query: searchParams, body })) ?? null };
  } catch (err) {
    if (err instanceof AdminRefusal) return { status: 400, body: { error: err.message } };
    // Whoever asked is gone.
    if (request.destroyed && !request.complete) return { status: 400, body: null };
    log.error({ err }, `the service failed at ${route} of its admin channel`);
    return { status: 500, body: { error: 'the service failed unexpectedly; its log has the details' } };
  }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' });
  response.end(JSON.stringify(body));
}

/** One socket or pipe that answers, bounded in all that a client can take. */
export class AdminListener {
  readonly #server: Server;

  constructor(routes: Routes, log: Log) {
    this.#server = createServer({ ...PATIENCE, keepAlive: false, maxHeaderSize: 8192 }, (request, response) => {
      answerTo(routes, request, log).then(
        (answer) => send(response, answer),
        () => response.destroy(),
      );
    });
    this.#server.timeout = STALLED;
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#server.on('clientError', (_, socket) => socket.destroy());
  }

  /** @throws what the system says against it */
  async listen(address: string): Promise<void> {
    this.#server.listen({ path: address });
    await once(this.#server, 'listening');
    // After this nothing may end the process: the channel is not what it is there for.
    this.#server.on('error', () => undefined);
    this.#server.unref();
  }

  /** Who is being answered is left alone for a moment. @param grace  unit: ms */
  async close(grace: number): Promise<void> {
    const cut = setTimeout(() => this.#server.closeAllConnections(), grace);
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeIdleConnections();
    await closed;
    clearTimeout(cut);
  }
}
