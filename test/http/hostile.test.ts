import { inspect } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { forEachBackend, query, type Subject } from '../support/for-each-backend.ts';
import type { Reply } from '../support/start-server.ts';

const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';
const CUSTOM = 'urn:okta:onprem_app:1.0:user:custom';

/** Whatever a client does wrong is told to it, in one shape, and is never our fault (SCIM 1.1 API §3.9). */
function expectNoFault(reply: Reply, what: unknown): void {
  const shown = (): string => `${reply.text.slice(0, 300)} to ${inspect(what, { depth: 9 }).slice(0, 2000)}`;
  expect(reply.status, shown()).to.be.lessThan(500);
  if (reply.status < 400) return;
  expect(reply.body?.Errors?.[0]?.code, shown()).to.equal(String(reply.status));
  expect(reply.body.Errors[0].description, shown()).to.match(/^[^\n]+ \(ref .{9}\)$/);
}

const names = fc.constantFrom(
  'userName',
  'USERNAME',
  'displayName',
  'name',
  'active',
  'password',
  'emails',
  'addresses',
  'members',
  'groups',
  'roles',
  'x509Certificates',
  'meta',
  'schemas',
  'id',
  'externalId',
  'title',
  'value',
  'type',
  'primary',
  'operation',
  'attributes',
  'manager',
  'managerId',
  'givenName',
  'Operations',
  ENTERPRISE,
  ENTERPRISE.toUpperCase(),
  CUSTOM,
  'urn:okta:custom:group:1.0',
  'URN:okta:x:1.0:user',
  'urn:scim:schemas:core:1.0',
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  '',
  'a.b',
  'a b',
);
const scalars = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 4 }),
  fc.constantFrom(
    '',
    ' ',
    'true',
    'delete',
    'a',
    'bulkId:q',
    '\ud800',
    '\0',
    'TUlJ',
    '2026-01-01T00:00:00Z',
    'name.givenName',
  ),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(1e308, -0, Number.MAX_SAFE_INTEGER + 2),
);
const { body: bodies } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalars, fc.array(tie('value'), { maxLength: 3 }), tie('body')),
  body: fc.dictionary(names, tie('value'), { maxKeys: 5 }),
}));
/** JSON that also keeps what an object literal cannot: `__proto__` and keys that stand twice. */
const texts = fc.oneof(
  bodies.map((body) => JSON.stringify(body)),
  fc
    .tuple(bodies, bodies)
    .map(([a, b]) => `{"userName":"a","displayName":"a","x":${JSON.stringify(a)},"__proto__":${JSON.stringify(b)}}`),
  fc.json(),
  fc.tuple(fc.json(), fc.nat(200)).map(([json, cut]) => json.slice(0, cut)),
);

const words = fc.constantFrom(
  'userName',
  'emails',
  'emails.type',
  'name',
  'active',
  'meta.lastModified',
  'meta.location',
  'meta.version',
  'meta.attributes',
  'meta',
  'id',
  'members',
  'groups.value',
  'password',
  `${ENTERPRISE}:manager.managerId`,
  ENTERPRISE,
  `${CUSTOM}:constructor`,
  `${CUSTOM}:a.b`,
  'x509Certificates',
  'eq',
  'co',
  'gt',
  'pr',
  'and',
  'or',
  'not',
  '(',
  ')',
  '"a"',
  '"\\ud800"',
  '"2026-01-01T00:00:00Z"',
  '""',
  'true',
  '1e999',
  '-5',
  "'x'",
  '\0',
  '[',
);
const filters = fc.oneof(
  fc.array(words, { maxLength: 9 }).map((parts) => parts.join(' ')),
  fc.tuple(words, fc.constantFrom('eq', 'co', 'sw', 'gt', 'le'), words).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const parameters = fc.dictionary(
  fc.constantFrom('filter', 'sortBy', 'sortOrder', 'startIndex', 'count', 'attributes', 'FILTER', '__proto__', 'x'),
  fc.oneof(filters, fc.integer().map(String), fc.constantFrom('ascending', 'descending', '99999999999999999999', '')),
  { maxKeys: 4 },
);

async function resources(subject: Subject): Promise<{ user: string; group: string }> {
  const user = await subject.user({
    userName: 'seed',
    emails: ['a@x.org', 'b@x.org'],
    active: true,
    [CUSTOM]: { constructor: 'c', a: [1, 'x', true] },
  });
  const group = await subject.group({ displayName: 'seed', members: [user.id] });
  return { user: `/Users/${user.id}`, group: `/Groups/${group.id}` };
}

forEachBackend('hostile clients', { deadline: 60_000 }, (subject) => {
  const runs = { numRuns: 150, endOnFailure: false };

  it('send any body', async () => {
    const { user, group } = await resources(subject);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          ['POST', '/Users'],
          ['POST', '/Groups'],
          ['PUT', user],
          ['PATCH', user],
          ['PUT', group],
          ['PATCH', group],
        ),
        texts,
        async ([method = '', path = ''], text) => {
          expectNoFault(await subject.request(method, path, text), [method, path, text]);
          expectNoFault(await subject.get(path), text);
        },
      ),
      runs,
    );
  });

  it('send a valid name and any more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('/Users', '/Groups'), bodies, fc.uuid(), async (path, body, name) => {
        const sent = { ...(body as object), userName: name, displayName: name };
        const reply = await subject.post(path, sent);
        expectNoFault(reply, sent);
        if (reply.status !== 201) return;
        const item = `${path}/${reply.body.id}`;
        const again = await subject.put(item, sent);
        expect(again.status, again.text).to.equal(200);
        const patched = await subject.patch(item, sent);
        expectNoFault(patched, sent);
        const echo = await subject.put(item, reply.body);
        expect(echo.status, echo.text).to.equal(200);
        expectNoFault(await subject.remove(item), sent);
      }),
      runs,
    );
  });

  it('send any query', async () => {
    const { user, group } = await resources(subject);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/Users', '/Groups', '/Schemas', '/ResourceTypes', '/ServiceProviderConfigs', user, group),
        parameters,
        async (path, sent) => {
          const url = `${path}${query(sent as Record<string, string>)}`;
          expectNoFault(await subject.get(url), sent);
        },
      ),
      { ...runs, numRuns: 400 },
    );
  });

  it('send any path and encoding', async () => {
    const segment = fc.oneof(
      fc.constantFrom(
        'Users',
        'Groups',
        'Schemas',
        'Bulk',
        '..',
        '.',
        '%2e%2e',
        '%2F',
        '%00',
        '%ZZ',
        '%',
        '%C0%80',
        ':id',
        '*',
        'a.json',
        '.xml',
        '',
      ),
      fc.webPath(),
    );
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS');
    await fc.assert(
      fc.asyncProperty(
        method,
        fc.array(segment, { maxLength: 4 }),
        fc.webQueryParameters(),
        async (verb, parts, search) => {
          const path = `/${parts.join('/')}?${search}`;
          const reply = await subject.request(verb, path, verb === 'GET' || verb === 'HEAD' ? undefined : '{}');
          if (verb === 'HEAD') expect(reply.status).to.be.lessThan(500);
          else expectNoFault(reply, [verb, path]);
        },
      ),
      runs,
    );
  });

  it('send any bulk request', async () => {
    const { user, group } = await resources(subject);
    const operation = fc.record(
      {
        method: fc.oneof(fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'), scalars),
        path: fc.oneof(
          fc.constantFrom('/Users', '/Groups', '/Users/bulkId:q', '/Groups/bulkId:r', user, group),
          scalars,
        ),
        bulkId: fc.oneof(fc.constantFrom('q', 'r', 's'), scalars),
        version: fc.oneof(fc.constantFrom('*', '"1"', 'W/"1"'), scalars),
        data: fc.oneof(
          fc.record({
            userName: fc.uuid(),
            displayName: fc.uuid(),
            members: fc.array(fc.constantFrom('bulkId:q', 'bulkId:r', 'bulkId:s').map((value) => ({ value }))),
          }),
          bodies,
          scalars,
        ),
      },
      { requiredKeys: [] },
    );
    const request = fc.record(
      {
        Operations: fc.oneof(fc.array(operation, { maxLength: 6 }), scalars),
        failOnErrors: fc.oneof(fc.nat(5), scalars),
      },
      { requiredKeys: ['Operations'] },
    );
    await fc.assert(
      fc.asyncProperty(request, async (sent) => {
        const reply = await subject.post('/Bulk', sent);
        expectNoFault(reply, sent);
        if (reply.status !== 200) return;
        for (const { status } of reply.body.Operations) expect(Number(status.code), reply.text).to.be.lessThan(500);
      }),
      runs,
    );
  });

  it('send any header that is read', async () => {
    const { user } = await resources(subject);
    const value = fc.oneof(
      fc.constantFrom('*', '"a", W/"b"', '"', ',', 'W/', 'application/json;q=', ';;', 'text/*;q=2', 'PATCH', 'gzip'),
      fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c)), maxLength: 20 }),
    );
    const headers = fc.dictionary(
      fc.constantFrom(
        'If-Match',
        'If-None-Match',
        'Accept',
        'Content-Type',
        'Content-Encoding',
        'X-HTTP-Method-Override',
        'X-Forwarded-For',
      ),
      value,
      { maxKeys: 3 },
    );
    const method = fc.constantFrom('GET', 'PUT', 'PATCH', 'POST');
    await fc.assert(
      fc.asyncProperty(method, headers, async (verb, sent) => {
        const reply = await subject.request(verb, user, verb === 'GET' ? undefined : { userName: 'seed' }, { ...sent });
        expectNoFault(reply, [verb, sent]);
      }),
      runs,
    );
  });
});
