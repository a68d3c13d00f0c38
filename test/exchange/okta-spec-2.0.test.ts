import { expect } from 'chai';
import { expectError, LIST, USER } from '../support/scim20.ts';
import { type Reply, startServer, stores, type TestServer } from '../support/start-server.ts';

const HEADERS = {
  'Accept-Charset': 'utf-8',
  'Content-Type': 'application/scim+json; charset=utf-8',
  Accept: 'application/scim+json',
  'User-Agent': 'OKTA SCIM Integration',
  Authorization: 'right',
};

const person = (userName: string): object => ({
  schemas: [USER],
  userName,
  name: { givenName: 'Runscope', familyName: 'Atko' },
  emails: [{ primary: true, value: userName, type: 'work' }],
  displayName: 'Runscope Atko',
  active: true,
});

/** Okta's published SCIM 2.0 SPEC test (docs/okta-agent.md, Sources), in its order. Its limit on time is left to the bench. */
for (const store of stores)
  describe(`Okta's SCIM 2.0 SPEC test on ${store}`, () => {
    let server: TestServer;
    const get = (path: string, more = {}): Promise<Reply> =>
      server.request('GET', path, undefined, { ...HEADERS, ...more });
    const post = (body: object): Promise<Reply> =>
      server.request('POST', '/Users', body, {
        ...HEADERS,
        'Content-Type': 'application/json',
        Accept: 'application/scim+json; charset=utf-8',
      });

    before(async () => {
      server = await startServer({ store, version: '2.0', token: 'right' });
      await post(person('seed@atko.example'));
    });
    after(() => server.close());

    it('finds a complete user on the first page, and by its id [O-35]', async () => {
      const { status, body } = await get('/Users?count=1&startIndex=1');
      expect([status, body.schemas]).to.deep.equal([200, [LIST]]);
      for (const key of ['itemsPerPage', 'startIndex', 'totalResults']) expect(body[key]).to.be.a('number');
      const [user] = body.Resources;
      expect((await get(`/Users/${user.id}`)).body).to.deep.equal(user);
      for (const part of [user.id, user.name.familyName, user.name.givenName, user.userName, user.emails[0].value])
        expect(part).to.be.a('string').and.not.equal('');
      expect(user.active).to.equal(true);
    });

    it('finds nobody by name, and says so by id [O-35]', async () => {
      const { status, body } = await get('/Users?filter=userName eq "abcdefgh@atko.example"');
      expect([status, body.schemas, body.totalResults]).to.deep.equal([200, [LIST], 0]);
      expectError(await get('/Users/010101001010101011001010101011'), 404);
    });

    it('creates a user once, found in capitals too [O-35]', async () => {
      const name = 'runscope300@atko.example';
      const made = await post(person(name));
      expect(made.status).to.equal(201);
      expect(made.body).to.deep.include({
        active: true,
        userName: name,
        name: { givenName: 'Runscope', familyName: 'Atko' },
        schemas: [USER],
      });
      expect((await get(`/Users/${made.body.id}`)).body.userName).to.equal(name);
      expectError(await post(person(name)), 409, 'uniqueness');
      const found = await get(`/Users?filter=userName eq "${name.toUpperCase()}"`);
      expect([found.status, found.body.totalResults]).to.deep.equal([200, 1]);
    });

    it('lists groups, and lets nobody in with a wrong token [O-35]', async () => {
      expect((await get('/Groups')).status).to.equal(200);
      expectError(await get('/Users?filter=userName eq "x"', { Authorization: 'non-token' }), 401);
    });
  });
