import { expect } from 'chai';
import { query } from '../../support/for-each-backend.ts';
import { ENTERPRISE, expectError, GROUP, PATCH_OP, USER } from '../../support/scim20.ts';
import { type Reply, type StartOptions, startServer, type TestServer } from '../../support/start-server.ts';

type Dialect = NonNullable<StartOptions['dialect']>;

const DIALECTS: readonly Dialect[] = ['compatible', 'strict', 'profile'];

/** Status, and the word for it, in the order of the dialects. */
type Verdicts = readonly [compatible: string, strict: string, profile: string];

const person = (more: object): object => ({ schemas: [USER], userName: 'ana', ...more });

/** Bodies of POST /Users. */
const BODIES: readonly (readonly [title: string, body: object, verdicts: Verdicts])[] = [
  ['nothing but the letter', person({ active: true }), ['201', '201', '201']],
  ['no schemas', { userName: 'ana' }, ['201', '400 invalidSyntax', '201']],
  ['a schema of others', person({ schemas: [USER, 'urn:others:1.0'] }), ['201', '201', '400 invalidSyntax']],
  ['an unknown attribute', person({ shoeSize: 42 }), ['201', '400 invalidValue', '400 invalidSyntax']],
  ['an unknown part', person({ name: { nick: 'x' } }), ['201', '400 invalidValue', '400 invalidSyntax']],
  ['an unknown extension', person({ 'urn:others:1.0': { a: 1 } }), ['201', '400 invalidValue', '400 invalidSyntax']],
  ['truth as text', person({ active: 'True' }), ['201', '400 invalidValue', '201']],
  [
    'languages with weights',
    person({ preferredLanguage: 'sv, en-US;q=0.7', locale: 'sr-Latn-RS' }),
    ['201', '201', '201'],
  ],
  ['a relative reference', person({ profileUrl: '../people/ana' }), ['201', '201', '201']],
  ['a country in words', person({ addresses: [{ country: 'Sweden' }] }), ['201', '400 invalidValue', '201']],
  ['a number as text', person({ title: 7 }), ['201', '400 invalidValue', '201']],
  ['a manager by bare id', person({ [ENTERPRISE]: { manager: 'x' } }), ['201', '400 invalidValue', '201']],
  ['a flat attribute', person({ [`${ENTERPRISE}:department`]: 'x' }), ['201', '400 invalidValue', '201']],
  [
    'two primaries',
    person({
      emails: [
        { value: 'a', primary: true },
        { value: 'b', primary: true },
      ],
    }),
    ['400 invalidValue', '400 invalidValue', '400 invalidValue'],
  ],
];

/** Operations on a person with a work and a home address. */
const OPERATIONS: readonly (readonly [operation: object, verdicts: Verdicts])[] = [
  [{ op: 'replace', path: 'title', value: 'x' }, ['200', '200', '200']],
  [{ op: 'replace', value: { title: 'x' } }, ['200', '200', '400 invalidSyntax']],
  [{ op: 'replace', path: 'shoeSize', value: 'x' }, ['200', '400 invalidPath', '400 invalidSyntax']],
  [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'x' }, ['200', '200', '200']],
  [{ op: 'replace', path: 'emails[type eq "other"].value', value: 'x' }, ['200', '400 noTarget', '400 noTarget']],
  [{ op: 'remove', path: 'emails[type eq "other"]' }, ['200', '400 noTarget', '400 invalidPath']],
  [{ op: 'replace', path: 'emails[type eq "work"]', value: { value: 'x' } }, ['200', '200', '400 invalidPath']],
  [{ op: 'replace', path: 'emails[type pr].display', value: 'x' }, ['200', '200', '400 invalidFilter']],
  [{ op: 'remove', path: 'userName' }, ['400 mutability', '400 mutability', '400 mutability']],
];

const verdict = ({ status, body }: Reply): string => [status, ...(status < 400 ? [] : [body.scimType])].join(' ');

for (const [i, dialect] of DIALECTS.entries())
  describe(`the dialect ${dialect} of SCIM 2.0`, () => {
    let server: TestServer;

    beforeEach(async () => {
      server = await startServer({ version: '2.0', dialect });
    });
    afterEach(() => server.close());

    for (const [title, body, verdicts] of BODIES)
      it(`says ${verdicts[i]} to ${title} [K-3-03 K-3.3-05]`, async () => {
        expect(verdict(await server.request('POST', '/Users', body))).to.equal(verdicts[i]);
      });

    for (const [operation, verdicts] of OPERATIONS)
      it(`says ${verdicts[i]} to ${JSON.stringify(operation)} [R-3.5.2-27 R-3.5.2.2-02 R-3.5.2.3-05]`, async () => {
        const emails = [
          { value: 'ana@x.org', type: 'work' },
          { value: 'ana@h.org', type: 'home' },
        ];
        const { id } = (await server.request('POST', '/Users', person({ emails }))).body;
        const body = { schemas: [PATCH_OP], Operations: [operation] };
        expect(verdict(await server.request('PATCH', `/Users/${id}`, body))).to.equal(verdicts[i]);
      });

    it(`reads the manager and finds what every dialect finds [K-4.3-01]`, async () => {
      const boss = (await server.request('POST', '/Users', { schemas: [USER], userName: 'boss' })).body;
      const sent = person({
        schemas: [USER, ENTERPRISE],
        [ENTERPRISE]: { manager: { value: boss.id } },
        emails: [{ type: 'work', value: 'ana@x.org' }],
        externalId: 'E',
      });
      const made = (await server.request('POST', '/Users', sent)).body;
      expect(made[ENTERPRISE].manager.value).to.equal(boss.id);
      const group = { schemas: [GROUP], displayName: 'g', externalId: 'G', members: [{ value: made.id }] };
      expect((await server.request('POST', '/Groups', group)).status).to.equal(201);
      for (const filter of [
        'userName eq "ANA"',
        'externalId eq "E"',
        'emails[value eq "ana@x.org"]',
        'emails[type eq "work" and value eq "ana@x.org"]',
      ])
        expect((await server.request('GET', `/Users${query({ filter })}`)).body.totalResults, filter).to.equal(1);
      for (const filter of ['displayName eq "G"', 'externalId eq "G"', `members[value eq "${made.id}"]`])
        expect((await server.request('GET', `/Groups${query({ filter })}`)).body.totalResults, filter).to.equal(1);
      expectError(await server.request('GET', `/Users${query({ filter: 'shoeSize eq 7' })}`), 400, 'invalidFilter');
    });
  });

describe('the profile of SCIM 2.0', () => {
  it('takes fifty members in and out in one request', async () => {
    const server = await startServer({ version: '2.0', dialect: 'profile' });
    try {
      const ids: string[] = [];
      for (let i = 0; i < 50; i += 1)
        ids.push((await server.request('POST', '/Users', { schemas: [USER], userName: `u${i}` })).body.id);
      const { id } = (await server.request('POST', '/Groups', { schemas: [GROUP], displayName: 'g' })).body;
      const change = (Operations: readonly object[]): Promise<Reply> =>
        server.request('PATCH', `/Groups/${id}`, { schemas: [PATCH_OP], Operations });
      const count = async (): Promise<number> => (await server.request('GET', `/Groups/${id}`)).body.members.length;
      expect((await change(ids.map((value) => ({ op: 'add', path: 'members', value: [{ value }] })))).status).to.equal(
        204,
      );
      expect(await count()).to.equal(50);
      expect((await change(ids.map((one) => ({ op: 'remove', path: `members[value eq "${one}"]` })))).status).to.equal(
        204,
      );
      expect(await count()).to.equal(0);
    } finally {
      await server.close();
    }
  });
});
