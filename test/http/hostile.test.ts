import { inspect } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { forEachBackend, query, type Subject } from '../support/for-each-backend.ts';
import { scaled } from '../support/pace.ts';
import type { Reply } from '../support/start-server.ts';
import { bodies, CUSTOM, parameters, scalars, texts } from './hostile-input.ts';

/** Whatever a client does wrong is told to it, in one shape, and is never our fault (SCIM 1.1 API §3.9). */
function expectNoFault(reply: Reply, what: unknown): void {
  const shown = (): string => `${reply.text.slice(0, 300)} to ${inspect(what, { depth: 9 }).slice(0, 2000)}`;
  expect(reply.status, shown()).to.be.lessThan(500);
  if (reply.status < 400) return;
  expect(reply.body?.Errors?.[0]?.code, shown()).to.equal(String(reply.status));
  expect(reply.body.Errors[0].description, shown()).to.match(/^[^\n]+ \(ref .{9}\)$/);
}

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

forEachBackend('hostile clients', { deadline: scaled(60_000) }, (subject) => {
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
