import type { Backend } from '../../connector/backend/backend.ts';
import { MemoryBackend } from '../../connector/backend/memory/memory-backend.ts';
import { createConnector } from '../../connector/connector.ts';
import type { Log } from '../../connector/http/access-log.ts';
import type { Application } from '../../connector/http/application.ts';
import { trustProxies } from '../../connector/http/client-address.ts';
import type { Offer } from '../../connector/protocol/v1/discovery.ts';
import { type Customization, noCustomization, resourceTypes } from '../../connector/scim/schema/resource-type.ts';
import { Server } from '../../connector/server.ts';
import { defaultPolicy, type Policy } from '../../connector/service/policy.ts';
import { ResourceService } from '../../connector/service/resource-service.ts';

export interface StartOptions {
  readonly backend?: Backend;
  readonly policy?: Partial<Policy>;
  readonly offer?: Partial<Offer>;
  readonly customization?: Customization;
  readonly strict?: boolean;
  readonly incrementalOverlap?: number;
  readonly maxBody?: number;
  readonly deadline?: number;
  readonly passingStatus?: 429 | 503;
  readonly authenticator?: Application['authenticator'];
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read replies of every shape
  readonly body: any;
}

export interface LogLine {
  readonly level: string;
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

export interface TestServer {
  /** Base URL of the application, without a slash at the end. */
  readonly url: string;
  readonly backend: Backend;
  readonly lines: readonly LogLine[];
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  close(): Promise<void>;
}

const anyone: Application['authenticator'] = {
  header: 'Authorization',
  challenge: 'Bearer',
  authenticate: async () => ({ actor: 'test' }),
};

/** Sends one request; `body` is JSON unless it is text already. */
export async function send(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed =
    (response.headers.get('Content-Type') ?? '').includes('json') && text !== '' ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, body: parsed };
}

/** A connector on a real socket, on whatever backend; without configuration, TLS and credentials unless given. */
export async function startServer(options: StartOptions = {}): Promise<TestServer> {
  const backend = options.backend ?? new MemoryBackend();
  await backend.open();
  const policy: Policy = { ...defaultPolicy, ...options.policy };
  const offer: Offer = {
    backend: backend.capabilities,
    readOnly: policy.readOnly,
    patch: true,
    bulk: true,
    filter: true,
    sort: true,
    etag: true,
    maxResults: 10_000,
    bulkMaxOperations: 1000,
    bulkMaxPayload: 1_048_576,
    authentication: 'none',
    ...options.offer,
  };
  const application: Application = {
    name: 'default',
    path: '/scim/v1',
    types: resourceTypes(options.customization ?? noCustomization),
    service: new ResourceService(backend, policy),
    backend,
    authenticator: options.authenticator ?? anyone,
    offer,
    rules: { filter: offer.filter, sort: offer.sort, incrementalOverlap: options.incrementalOverlap ?? 0 },
    strict: options.strict ?? false,
  };
  const lines: LogLine[] = [];
  const record = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields: fields as Record<string, unknown>, message });
  };
  const log: Log = { debug: record('debug'), info: record('info'), warn: record('warn'), error: record('error') };
  const koa = createConnector({
    applications: () => [application],
    log,
    limits: { maxBody: options.maxBody ?? 16_777_216, bulkMaxPayload: offer.bulkMaxPayload },
    deadline: options.deadline ?? 25_000,
    trustedProxies: trustProxies([]),
    ...(options.passingStatus === undefined ? {} : { passingStatus: options.passingStatus }),
  });
  const server = new Server(koa.callback(), { host: '127.0.0.1', port: 0, log });
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}/scim/v1`;
  return {
    url,
    backend,
    lines,
    request: (method, path, body, headers) => send(`${url}${path}`, method, body, headers),
    close: async () => {
      await server.close(1000);
      await backend.close();
    },
  };
}
