import { expect } from 'chai';
import { type Reply, type StartOptions, startServer, stores, type TestServer } from './start-server.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read resources of every shape
type Body = any;

/** The server of the running test; a new, empty one for each. */
export interface Subject {
  readonly server: TestServer;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  put(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  patch(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  remove(path: string, headers?: Record<string, string>): Promise<Reply>;
  /** Creates and answers with the body; fails the test when that is refused. */
  user(body: object): Promise<Body>;
  group(body: object): Promise<Body>;
  /** userNames or displayNames of a list, in its order. */
  names(path: string): Promise<string[]>;
}

class Running implements Subject {
  server!: TestServer;

  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply> {
    return this.server.request(method, path, body, headers);
  }
  get(path: string, headers?: Record<string, string>): Promise<Reply> {
    return this.request('GET', path, undefined, headers);
  }
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply> {
    return this.request('POST', path, body, headers);
  }
  put(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply> {
    return this.request('PUT', path, body, headers);
  }
  patch(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply> {
    return this.request('PATCH', path, body, headers);
  }
  remove(path: string, headers?: Record<string, string>): Promise<Reply> {
    return this.request('DELETE', path, undefined, headers);
  }
  async user(body: object): Promise<Body> {
    const reply = await this.post('/Users', body);
    expect(reply.status, reply.text).to.equal(201);
    return reply.body;
  }
  async group(body: object): Promise<Body> {
    const reply = await this.post('/Groups', body);
    expect(reply.status, reply.text).to.equal(201);
    return reply.body;
  }
  async names(path: string): Promise<string[]> {
    const reply = await this.get(path);
    expect(reply.status, reply.text).to.equal(200);
    return reply.body.Resources.map((resource: Body) => resource.userName ?? resource.displayName);
  }
}

/** Declares the same tests for every store, each test on a server of its own with nobody in it. */
export function forEachBackend(
  title: string,
  options: Omit<StartOptions, 'store'>,
  tests: (subject: Subject) => void,
): void {
  for (const store of stores) {
    describe(`${title} on ${store}`, () => {
      const subject = new Running();
      beforeEach(async () => {
        subject.server = await startServer({ ...options, store });
      });
      afterEach(() => subject.server.close());
      tests(subject);
    });
  }
}

/** Status and shape of a refusal (SCIM 1.1 API §3.9); answers with its text. */
export function expectRefusal(reply: Reply, status: number, text: RegExp = /./): string {
  expect(reply.status, reply.text).to.equal(status);
  expect(reply.headers.get('content-type')).to.match(/^application\/json/);
  const [first] = reply.body.Errors;
  expect(first.code).to.equal(String(status));
  expect(first.description).to.match(/ \(ref [2-9A-Z]{4}-[2-9A-Z]{4}\)$/);
  expect(first.description).to.match(text);
  expect(reply.body.detail).to.equal(first.description);
  return first.description;
}

export const query = (parameters: Readonly<Record<string, string>>): string => `?${new URLSearchParams(parameters)}`;
