import { inspect } from 'node:util';
import { expect } from 'chai';
import type { Reply, TestServer } from '../../../support/start-server.ts';

// biome-ignore lint/suspicious/noExplicitAny: replies of every shape
type Body = any;

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
const TYPES =
  'invalidSyntax invalidFilter tooMany uniqueness mutability invalidPath noTarget invalidValue invalidVers sensitive ' +
  'invalidCursor expiredCursor invalidCount';

/** Whatever a client does wrong is told to it in one shape, and is never our fault (RFC 7644 §3.12). */
export function expectNoFault(reply: Reply, what: unknown): void {
  const shown = (): string => `${reply.text.slice(0, 300)} to ${inspect(what, { depth: 9 }).slice(0, 2000)}`;
  expect(reply.status, shown()).to.be.lessThan(500);
  if (reply.status < 400) return;
  expect(reply.headers.get('content-type'), shown()).to.match(/^application\/(scim\+)?json/);
  expectErrorBody(reply.body, reply.status, shown);
}

export function expectErrorBody(body: Body, status: number, shown: () => string): void {
  expect(body?.schemas, shown()).to.deep.equal([ERROR]);
  expect(body.status, shown()).to.equal(String(status));
  expect(body.detail, shown()).to.match(/^[^\n]+$/);
  expect(body.detail.length, shown()).to.be.at.most(300);
  if (body.scimType !== undefined) expect(TYPES.split(' '), shown()).to.include(body.scimType);
  const others = Object.keys(body).filter((key) => !['schemas', 'status', 'detail', 'scimType'].includes(key));
  expect(others, shown()).to.deep.equal([]);
}

/** What is told of elsewhere, or differs by what each version calls it. */
const SPELLED: Readonly<Record<string, string>> = {
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': 'enterprise',
  'urn:scim:schemas:extension:enterprise:1.0': 'enterprise',
  managerId: 'value',
};
const NOT_COMPARED: ReadonlySet<string> = new Set(['$ref', 'schemas', 'resourceType', 'location']);

/** A resource without what its version alone has. */
export function plain(value: Body): Body {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !NOT_COMPARED.has(key))
      .map(([key, part]) => [SPELLED[key] ?? key, plain(part)]),
  );
}

/** What v2 shows of a resource, after v1 was seen to show the same. */
export async function seen(server: TestServer, path: string, what?: unknown): Promise<Body> {
  const [one, two] = await Promise.all(
    (['1.1', '2.0'] as const).map((version) => server.speaking(version).request('GET', path)),
  );
  if (two?.status === 404 && one?.status === 404) return undefined;
  const shown = (): string => `v1 and v2 differ after ${inspect(what, { depth: 9 }).slice(0, 2000)}`;
  expect(two?.status, two?.text).to.equal(200);
  expect(plain(two?.body), shown()).to.deep.equal(plain(one?.body));
  expect(two?.headers.get('etag')).to.equal(one?.headers.get('etag'));
  return two?.body;
}
