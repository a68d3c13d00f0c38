import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authenticator } from '../auth/authenticator.ts';
import { methodKind } from '../auth/methods.ts';
import { Throttle } from '../auth/throttle.ts';
import type { Backend } from '../backend/backend.ts';
import type { App, Config } from '../config/config.ts';
import { AccessLog } from '../http/access-log.ts';
import { trustProxies } from '../http/request/client-address.ts';
import type { Log } from '../log/log.ts';
import type { Observer } from '../service/observer.ts';
import { createHttpApp } from './http-app.ts';
import { mountsOf } from './mounts.ts';

/** One request to an app, below one of its paths. */
export interface OnceAsked {
  readonly method: string;
  /** Where the protocol is spoken that is meant. */
  readonly base: string;
  /** Starts with a slash, percent-encoded, with its query. */
  readonly path: string;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** What the client would get. */
export interface OnceAnswered {
  readonly status: number;
  readonly text: string;
}

const nothing = (): void => undefined;
const SILENT: Log = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Where nobody else finds it: a name that cannot be guessed. */
function secretPlace(): string {
  const name = `scim-connector-${randomBytes(16).toString('hex')}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

/**
 * Answers one request as the connector would, with every rule and guard of the app but its credential, on `backend`. Nothing is
 * logged or kept.
 * @throws the reason of `signal`
 */
export async function answerOnce(
  config: Config,
  app: App,
  backend: Backend,
  asked: OnceAsked,
  observer: Observer,
): Promise<OnceAnswered> {
  const method = methodKind('none').create(app.auth, { app: app.name, store: undefined });
  const log = { info: nothing, warn: nothing };
  const authenticator = new Authenticator({ method, app: app.name, throttle: new Throttle(), log });
  const mounts = mountsOf(config, app, backend, authenticator, { observer });
  const { max_body, max_user_body, bulk_max_payload, deadline, unavailable_status } = config.server;
  const koa = createHttpApp({
    mounts: () => mounts,
    log: SILENT,
    accessLog: new AccessLog(SILENT),
    observer,
    limits: { maxBody: max_body, maxUserBody: max_user_body, bulkMaxPayload: bulk_max_payload },
    deadline,
    trustedProxies: trustProxies([]),
    passingStatus: unavailable_status,
  });
  const server = createServer(koa.callback());
  const place = secretPlace();
  server.listen(place);
  await once(server, 'listening');
  try {
    return await send(place, `${asked.base}${asked.path}`, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function send(socketPath: string, path: string, { method, body, signal }: OnceAsked): Promise<OnceAnswered> {
  const bytes = body === undefined ? undefined : Buffer.from(body);
  const headers = {
    Host: 'localhost',
    Accept: 'application/json',
    ...(bytes ? { 'Content-Type': 'application/json', 'Content-Length': bytes.length } : {}),
  };
  const request = httpRequest({ socketPath, method, path, headers, signal });
  request.end(bytes);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return { status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() };
}
