import { expect } from 'chai';
import fc from 'fast-check';
import { forEachBackend, query } from '../../support/for-each-backend.ts';
import type { Reply } from '../../support/start-server.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const schemas = [SEARCH];

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

/** What a list may be asked for with; not all of it goes together. */
const WANTED = fc.record({
  filter: maybe(
    fc.constantFrom(
      'title pr',
      'not (title eq "odd")',
      'emails[type eq "work"].value ew "@x.org"',
      'title',
      'nosuch pr',
      '+ %20',
    ),
  ),
  sortBy: maybe(fc.constantFrom('userName', 'emails', 'meta.lastModified', 'a b')),
  sortOrder: maybe(fc.constantFrom('ascending', 'descending', 'up')),
  startIndex: maybe(fc.integer({ min: -1, max: 9 })),
  count: maybe(fc.integer({ min: -1, max: 9 })),
  cursor: maybe(fc.constantFrom('', 'x')),
  attributes: maybe(fc.subarray(['userName', 'emails.value', 'groups', 'nosuch'])),
  excludedAttributes: maybe(fc.subarray(['title', 'emails.type'])),
});

type Wanted = typeof WANTED extends fc.Arbitrary<infer T> ? T : never;

const asQuery = (wanted: Wanted): string =>
  query(
    Object.fromEntries(
      Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    ),
  );

/** Status and body, without what differs from request to request. */
const comparable = ({ status, text }: Reply): unknown => [
  status,
  text.replace(/"nextCursor":"[^"]+"/, '"nextCursor"').replace(/ \(ref [^)]+\)/, ''),
];

forEachBackend('POST /.search of SCIM 2.0', { version: '2.0' }, (subject) => {
  const search = (body: unknown, path = '/Users'): Promise<Reply> => subject.post(`${path}/.search`, body);

  beforeEach(async () => {
    for (let n = 0; n < 6; n += 1)
      await subject.user({
        userName: `user${(n * 5) % 6}`,
        title: n % 2 ? 'odd' : 'even',
        emails: [{ value: `u${n}@${n < 3 ? 'x' : 'y'}.org`, type: 'work' }],
      });
    await subject.group({ displayName: 'all' });
  });

  it('is the list that the equal GET is [R-3.4.3-05]', async () => {
    await fc.assert(
      fc.asyncProperty(WANTED, async (wanted) => {
        const got = await subject.get(`/Users${asQuery(wanted)}`);
        expect(comparable(await search({ schemas, ...wanted }))).to.deep.equal(comparable(got));
        const { attributes } = wanted;
        const text = attributes === undefined ? {} : { attributes: attributes.join(', ') };
        expect(comparable(await search({ schemas, ...wanted, ...text }))).to.deep.equal(comparable(got));
      }),
      { numRuns: 60 },
    );
  });

  it('goes on with the walk that a GET began, and back [U-11]', async () => {
    const first = await subject.get(`/Users${query({ cursor: '', count: '2', sortBy: 'userName' })}`);
    const wanted = { schemas, count: 2, sortBy: 'userName' };
    const second = await search({ ...wanted, cursor: first.body.nextCursor });
    const third = await subject.get(
      `/Users${query({ cursor: second.body.nextCursor, count: '2', sortBy: 'userName' })}`,
    );
    const names = [first, second, third].flatMap(({ body }) =>
      body.Resources.map((one: { userName: string }) => one.userName),
    );
    expect(names).to.deep.equal([0, 1, 2, 3, 4, 5].map((n) => `user${n}`));
    expect(third.body).not.to.have.property('nextCursor');
  });

  it('is there for groups, in names of any case, with null for nothing', async () => {
    const { status, body } = await search(
      { SCHEMAS: schemas, FILTER: 'displayName eq "ALL"', sortby: null },
      '/Groups',
    );
    expect([status, body.totalResults]).to.deep.equal([200, 1]);
    const lower = await search({ schemas }, '/users');
    expect(lower.body.totalResults).to.equal(6);
  });

  const REFUSED: readonly (readonly [body: unknown, scimType: string, text: RegExp])[] = [
    [{}, 'invalidSyntax', /^schemas must name urn:\S+:SearchRequest/],
    [{ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] }, 'invalidSyntax', /^schemas must name/],
    [{ schemas, filter: 7 }, 'invalidSyntax', /^filter must be text/],
    [{ schemas, count: '7' }, 'invalidSyntax', /^count must be a whole number/],
    [{ schemas, count: 1.5 }, 'invalidValue', /^count must be a whole number/],
    [{ schemas, startIndex: [1] }, 'invalidSyntax', /^startIndex must be a whole number/],
    [{ schemas, attributes: [1] }, 'invalidSyntax', /^attributes must be a list of names/],
    [{ schemas, sortBy: {} }, 'invalidSyntax', /^sortBy must be text/],
    [{ schemas, count: 1, Count: 2 }, 'invalidSyntax', /^count is there twice/],
    [{ schemas, filter: 'userName' }, 'invalidFilter', /./],
    [[], 'invalidSyntax', /./],
  ];
  for (const [body, scimType, text] of REFUSED)
    it(`refuses ${JSON.stringify(body)}`, async () => {
      const reply = await search(body);
      expect([reply.status, reply.body.status, reply.body.scimType]).to.deep.equal([400, '400', scimType]);
      expect(reply.body.detail).to.match(text);
    });

  it('is asked by POST alone', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const { status, headers } = await subject.request(method, '/Users/.search');
      expect([status, headers.get('allow')]).to.deep.equal([405, 'POST']);
    }
  });
});
