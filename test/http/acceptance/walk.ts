import { expect } from 'chai';
import { query } from '../../support/for-each-backend.ts';
import { type Reply, type StoreName, startServer, type TestServer } from '../../support/start-server.ts';

export const CORE = 'urn:scim:schemas:core:1.0';
export const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

const token = 'a-token-of-some-length';
export const TOKEN = { Authorization: `Bearer ${token}` };

type Call = (method: string, path: string, body?: unknown, headers?: object) => Promise<Reply>;

/** One client's way through all of SCIM 1.1: what the steps share. */
export interface Walk {
  server(): TestServer;
  /** All that came so far. */
  readonly replies: readonly Reply[];
  readonly secrets: readonly string[];
  /** Resources that later steps come back to. */
  // biome-ignore lint/suspicious/noExplicitAny: resources of every shape
  readonly kept: Record<string, any>;
  readonly call: Call;
  readonly expectStatus: (status: number, ...request: Parameters<Call>) => Promise<Reply>;
  /** How many a filter finds. */
  count(endpoint: string, filter: string): Promise<number>;
  /** Paths of the two people it is about. */
  a(): string;
  b(): string;
}

/** On a server of its own that starts empty; call inside `describe`. */
export function walkOn(store: StoreName): Walk {
  let server: TestServer;
  const replies: Reply[] = [];
  const kept: Walk['kept'] = {};

  before(async () => {
    const policy = { put: 'replace', createAgain: 'conflict' } as const;
    server = await startServer({
      store,
      policy,
      token,
      offer: { bulkMaxOperations: 50, bulkMaxPayload: 50_000 },
    });
  });
  after(() => server.close());

  const call: Call = async (method, path, body, headers = TOKEN) => {
    const reply = await server.request(method, path, body, { ...headers });
    replies.push(reply);
    return reply;
  };
  const expectStatus: Walk['expectStatus'] = async (status, ...request) => {
    const reply = await call(...request);
    expect(reply.status, `${request[0]} ${request[1]}: ${reply.text}`).to.equal(status);
    return reply;
  };
  return {
    server: () => server,
    replies,
    secrets: ['pw1-secret', 'pw2-secret'],
    kept,
    call,
    expectStatus,
    count: async (endpoint, filter) =>
      (await expectStatus(200, 'GET', `${endpoint}${query({ filter })}`)).body.totalResults,
    a: () => `/Users/${kept['a'].id}`,
    b: () => `/Users/${kept['b'].id}`,
  };
}
