import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const CORE = 'urn:scim:schemas:core:1.0';
const META = { created: '2026-01-02T03:04:05Z', lastModified: '2026-01-02T03:04:05Z' };

export interface Answered {
  status: number;
  body: unknown;
  type: string;
  /** Of the body as it is sent; else the JSON of `body`. */
  text?: string;
}

/** Changes an answer, or takes the request over. */
export type Deviation = (
  answer: Answered,
  url: URL,
  request: IncomingMessage,
) => undefined | ((response: ServerResponse) => void);

const users = (count: number): readonly object[] =>
  Array.from({ length: count }, (_, i) => ({
    schemas: [CORE],
    id: `u${i + 1}`,
    userName: `user${i + 1}@example.com`,
    active: true,
    meta: META,
  }));
const GROUPS = [
  { schemas: [CORE], id: 'g1', displayName: 'sales', members: [{ value: 'u1', display: 'user1' }], meta: META },
];

const error = (status: number, description: string): Answered => ({
  status,
  type: 'application/json',
  body: { Errors: [{ description, code: String(status) }], detail: description },
});

function list(all: readonly object[], url: URL): Answered {
  const filter = url.searchParams.get('filter');
  const wanted = /^userName eq "(.*)"$/.exec(filter ?? '')?.[1]?.toLowerCase();
  if (filter !== null && wanted === undefined && !filter.startsWith('meta.lastModified gt '))
    return error(400, 'the filter cannot be read');
  const found = wanted === undefined ? all : all.filter((one) => (one as { userName?: string }).userName === wanted);
  const startIndex = Number(url.searchParams.get('startIndex') ?? 1);
  const count = Number(url.searchParams.get('count') ?? 200);
  const Resources = found.slice(startIndex - 1, startIndex - 1 + count);
  const page = { totalResults: found.length, startIndex, itemsPerPage: Resources.length };
  return { status: 200, type: 'application/json', body: { schemas: [CORE], ...page, Resources } };
}

function answer(url: URL, people: readonly object[]): Answered {
  const path = url.pathname.replace('//', '/').replace(/^\/scim\/v1/, '');
  if (path === '/ServiceProviderConfigs') {
    const block = 'urn:okta:schemas:scim:providerconfig:1.0';
    const userManagementCapabilities = ['IMPORT_NEW_USERS', 'OPP_SCIM_INCREMENTAL_IMPORTS', 'GROUP_PUSH'];
    const body = { schemas: [CORE, block], [block]: { userManagementCapabilities } };
    return { status: 200, type: 'application/json', body };
  }
  if (path === '/Users') return list(people, url);
  if (path === '/Groups') return list(GROUPS, url);
  const [, kind, id] = path.split('/');
  const found = (kind === 'Users' ? people : GROUPS).find((one) => (one as { id: string }).id === id);
  if (found === undefined) return error(404, `nothing has the id ${id}`);
  return { status: 200, type: 'application/json', body: found };
}

export interface DeviatingOptions {
  readonly deviation?: Deviation;
  readonly users?: number;
}

/** As small as a server of SCIM 1.1 that Okta can read from can be, with one thing wrong. */
export class DeviatingServer {
  static readonly token = 'Bearer the-secret-of-the-test';
  readonly #server: Server;
  /** What was asked for, in this order. */
  readonly asked: string[] = [];

  constructor({ deviation = () => undefined, users: count = 3 }: DeviatingOptions = {}) {
    const people = users(count);
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      this.asked.push(`${request.method} ${request.url}`);
      const isKnown = request.headers.authorization === DeviatingServer.token;
      const given = structuredClone(isKnown ? answer(url, people) : error(401, 'who are you?'));
      const instead = deviation(given, url, request);
      if (instead) {
        instead(response);
        return;
      }
      const text = given.text ?? JSON.stringify(given.body);
      response.writeHead(given.status, { 'Content-Type': given.type, 'Content-Length': Buffer.byteLength(text) });
      response.end(text);
    });
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/scim/v1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
