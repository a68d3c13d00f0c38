import { expect } from 'chai';
import fc from 'fast-check';
import { forEachBackend, query, type Subject } from '../../../support/for-each-backend.ts';
import { scaled } from '../../../support/pace.ts';
import type { Reply } from '../../../support/start-server.ts';
import { filters, operations, PATCH_OP, questions, SEARCH_REQUEST } from './input.ts';
import { expectErrorBody, expectNoFault, plain } from './state.ts';

const runs = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 150), endOnFailure: false };

async function people(subject: Subject): Promise<{ user: string; group: string }> {
  const ids: string[] = [];
  for (const [i, type] of ['work', 'home', 'untyped', 'work', 'work'].entries()) {
    const { id } = await subject.user({
      userName: `seed${i}`,
      externalId: i % 2 ? 'A' : 'a',
      active: i !== 2,
      ...(i === 3 ? {} : { emails: [{ value: `${'ab'[i % 2]}@x.org`, type, primary: i === 0 }, { value: 'a' }] }),
      ...(i === 4 ? {} : { name: { givenName: 'a', familyName: `F${i}` } }),
    });
    ids.push(id as string);
  }
  const { id } = await subject.group({ displayName: 'seed', members: ids.slice(0, 2).map((value) => ({ value })) });
  return { user: `/Users/${ids[0]}`, group: `/Groups/${id}` };
}

/** A question as a client writes it into a URL. */
const asQuery = (sent: object): string =>
  query(Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, String(value)])));

const names = ({ body }: Reply): string[] => (body.Resources as { id: string }[]).map(({ id }) => id);

forEachBackend('hostile questions of SCIM 2.0', { version: '2.0', deadline: scaled(60_000) }, (subject) => {
  it('are asked by GET and in a body: the same comes of both', async () => {
    await people(subject);
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('/Users', '/Groups', ''), questions, async (path, sent) => {
        const got = await subject.get(`${path || '/'}${asQuery(sent)}`);
        const posted = await subject.post(`${path}/.search`, { schemas: [SEARCH_REQUEST], ...sent });
        statuses.add(got.status);
        expectNoFault(got, sent);
        expectNoFault(posted, sent);
        // A number that is none is no text in a body.
        if (got.status === 200 && posted.status === 200)
          expect(withoutCursor(posted.body), JSON.stringify(sent)).to.deep.equal(withoutCursor(got.body));
        if (got.status !== 200) return;
        expect(got.body.itemsPerPage).to.equal(got.body.Resources.length);
        expect(got.body.totalResults).to.be.at.least(got.body.itemsPerPage);
      }),
      // Of random ones nearly all may be refused.
      { ...runs, numRuns: 2 * runs.numRuns, examples: [['/Users', {}]] },
    );
    expect([...statuses]).to.include.members([200, 400]);
  });

  it('obey the laws of logic', async () => {
    await people(subject);
    const all = names(await subject.get('/Users'));
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(filters, filters, async (left, right) => {
        const ask = async (filter: string) => subject.get(`/Users${query({ filter })}`);
        const [a, b] = [await ask(left), await ask(right)];
        expectNoFault(a, left);
        if (a.status !== 200) return;
        const [not, twice] = [await ask(`not (${left})`), await ask(`not (not (${left}))`)];
        // What a filter may hold at most, its contrary may have too much of.
        if (not.status !== 200 || twice.status !== 200) return;
        answered += 1;
        expect([...names(a), ...names(not)], left).to.have.members(all);
        expect(names(twice), left).to.deep.equal(names(a));
        if (b.status !== 200) return;
        const [both, neither] = [await ask(`(${left}) and (${right})`), await ask(`not ((${left}) or (${right}))`)];
        expect(names(both), `${left} and ${right}`).to.deep.equal(names(a).filter((id) => names(b).includes(id)));
        const wanted = all.filter((id) => !names(a).includes(id) && !names(b).includes(id));
        expect(names(neither), `neither ${left} nor ${right}`).to.deep.equal(wanted);
      }),
      { ...runs, numRuns: 3 * runs.numRuns },
    );
    expect(answered).to.be.above(20);
  });

  it('walk by cursor whom they walk by index', async () => {
    await people(subject);
    await fc.assert(
      fc.asyncProperty(
        questions,
        fc.integer({ min: 1, max: 6 }),
        async ({ cursor: _, startIndex: __, ...sent }, count) => {
          const whole = await subject.get(`/Users${asQuery({ ...sent, count: 1000 })}`);
          if (whole.status !== 200) return;
          const found: unknown[] = [];
          for (let cursor: string | undefined = '', pages = 0; cursor !== undefined; pages += 1) {
            const page: Reply = await subject.get(`/Users${asQuery({ ...sent, count, cursor })}`);
            expect(page.status, page.text).to.equal(200);
            found.push(...page.body.Resources);
            cursor = page.body.nextCursor as string | undefined;
            expect(pages, JSON.stringify(sent)).to.be.below(10);
          }
          expect(found, JSON.stringify(sent)).to.deep.equal(whole.body.Resources);
        },
      ),
      runs,
    );
  });

  it('are asked of one resource, and of what there is not', async () => {
    const { user, group } = await people(subject);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          user,
          group,
          '/Schemas',
          '/ResourceTypes',
          '/ServiceProviderConfig',
          '/Me',
          '/Bulk',
          '/x/.search',
        ),
        questions,
        async (path, sent) => {
          const reply = await subject.get(`${path}${asQuery(sent)}`);
          if (path === '/Me') expect(reply.status).to.equal(501);
          else expectNoFault(reply, [path, sent]);
          if (reply.status >= 400) expectErrorBody(reply.body, reply.status, () => path);
        },
      ),
      runs,
    );
  });

  it('are sent in bulk: each by itself, in the shape of the version, and nothing half done', async () => {
    const { user, group } = await people(subject);
    const operation = fc.record(
      {
        method: fc.constantFrom('POST', 'PUT', 'patch', 'PATCH', 'DELETE', 'GET', ''),
        path: fc.constantFrom(
          '/Users',
          'Groups',
          '/Users/bulkId:q',
          '/Groups/bulkId:r',
          user,
          group,
          '/Me',
          '/Bulk',
          '',
        ),
        bulkId: fc.constantFrom('q', 'r', 's', '__proto__', ''),
        version: fc.constantFrom('*', 'W/"1"', '"x"'),
        data: fc.oneof(
          fc.record({ userName: fc.uuid(), displayName: fc.uuid(), members: fc.constant([{ value: 'bulkId:q' }]) }),
          fc.array(operations, { maxLength: 3 }),
          fc.record({ schemas: fc.constant([PATCH_OP]), Operations: fc.array(operations, { maxLength: 3 }) }),
          fc.constantFrom<unknown>(null, 'x', [], {}),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { maxLength: 5 }),
        fc.option(fc.constantFrom<unknown>(0, 1, 2, 'x'), { nil: undefined }),
        async (list, failOnErrors) => {
          const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];
          const reply = await subject.post('/Bulk', { schemas, Operations: list, failOnErrors });
          expectNoFault(reply, list);
          if (reply.status !== 200) return;
          for (const { status, response, location } of reply.body.Operations) {
            expect(status, reply.text).to.be.a('string');
            expect(Number(status), reply.text).to.be.lessThan(500);
            if (Number(status) >= 400) expectErrorBody(response, Number(status), () => reply.text);
            else if (status === '201') {
              const path = (location as string).slice(subject.server.url.length);
              const made = await subject.get(path);
              if (made.status !== 404) expectNoFault(await subject.remove(path), path);
            }
          }
          const [one, two] = await Promise.all(
            (['1.1', '2.0'] as const).map((version) => subject.server.speaking(version).request('GET', '/Users')),
          );
          expect(plain(two?.body.Resources)).to.deep.equal(plain(one?.body.Resources));
        },
      ),
      runs,
    );
  });
});

/** A cursor is made anew each time. */
const withoutCursor = ({ nextCursor, ...rest }: { nextCursor?: string }): object => ({
  ...rest,
  hasMore: nextCursor !== undefined,
});
