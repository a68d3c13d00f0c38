import { expect } from 'chai';
import { type Reply, startServer, stores, type TestServer } from '../support/start-server.ts';

const CORE = 'urn:scim:schemas:core:1.0';
const SCIM = { 'Content-Type': 'application/scim+json', Accept: 'application/scim+json' };

const person = {
  schemas: [CORE],
  userName: 'runscope300@atko.example',
  name: { givenName: 'Runscope', familyName: 'Atko' },
  emails: [{ primary: true, value: 'runscope300@atko.example', type: 'work' }],
  displayName: 'Runscope Atko',
  active: true,
};

/**
 * Okta's published SCIM 1.1 SPEC test (docs/okta-agent.md, Sources), step by step and in its order, optional items
 * included. Its limits on response times are left to the bench.
 */
for (const store of stores) {
  describe(`Okta's SCIM 1.1 SPEC test on ${store}`, () => {
    let server: TestServer;
    const get = (path: string): Promise<Reply> => server.request('GET', path, undefined, SCIM);

    beforeEach(async () => {
      server = await startServer({ store });
      // The suite expects one complete user and one group to be there.
      const seeded = { ...person, userName: 'seed@atko.example' };
      const { body } = await server.request('POST', '/Users', seeded);
      await server.request('POST', '/Groups', { displayName: 'Everyone', members: [{ value: body.id }] });
    });

    afterEach(() => server.close());

    it('lists one user of the first page, complete', async () => {
      const { status, body } = await get('/Users?count=1&startIndex=1');
      expect(status).to.equal(200);
      expect(body.schemas).to.include(CORE);
      for (const key of ['itemsPerPage', 'startIndex', 'totalResults']) expect(body[key]).to.be.a('number');
      const [user] = body.Resources;
      expect(user.id).to.be.a('string').and.not.equal('');
      expect(user.name.familyName).to.equal('Atko');
      expect(user.name.givenName).to.equal('Runscope');
      expect(user.userName).to.equal('seed@atko.example');
      expect(user.active).to.equal(true);
      expect(user.emails[0].value).to.be.a('string').and.not.equal('');
    });

    it('reads that user by id, with the same fields', async () => {
      const { body: page } = await get('/Users?count=1&startIndex=1');
      const { status, body } = await get(`/Users/${page.Resources[0].id}`);
      expect(status).to.equal(200);
      expect(body).to.deep.equal(page.Resources[0]);
    });

    it('finds nobody under an unknown userName', async () => {
      const { status, body } = await get('/Users?filter=userName%20eq%20%22abcdefgh%40atko.example%22');
      expect(status).to.equal(200);
      expect(body.schemas).to.include(CORE);
      expect(body.totalResults).to.equal(0);
    });

    it('answers 404 with a detail for an unknown id', async () => {
      const { status, body } = await get('/Users/010101001010101011001010101011');
      expect(status).to.equal(404);
      expect(body.detail).to.be.a('string').and.not.equal('');
      expect(body.schemas).to.include(CORE);
    });

    it('creates a user and reads it back', async () => {
      const created = await server.request('POST', '/Users', person, { Accept: 'application/scim+json' });
      expect(created.status).to.equal(201);
      expect(created.body).to.deep.include({ active: true, userName: person.userName, name: person.name });
      expect(created.body.id).to.be.a('string').and.not.equal('');
      expect(created.body.schemas).to.include(CORE);
      const read = await get(`/Users/${created.body.id}`);
      expect(read.status).to.equal(200);
      expect(read.body).to.deep.include({ userName: person.userName, name: person.name });
    });

    it('refuses the same user once it has been read', async () => {
      const { body } = await server.request('POST', '/Users', person);
      await get(`/Users/${body.id}`);
      expect((await server.request('POST', '/Users', person)).status).to.equal(409);
    });

    it('refuses a filter that is a bare word', async () => {
      expect((await get('/Users?filter=userName')).status).to.equal(400);
    });

    it('lists groups', async () => {
      const { status, body } = await get('/Groups');
      expect(status).to.equal(200);
      expect(body.Resources).to.be.an('array').that.is.not.empty;
    });

    it('describes itself with every block, and cannot be changed (optional)', async () => {
      const { status, body } = await get('/ServiceProviderConfigs');
      expect(status).to.equal(200);
      for (const key of ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag']) {
        expect(body[key].supported, key).to.be.a('boolean');
      }
      expect(body.bulk.maxOperations).to.be.a('number').above(0);
      expect(body.bulk.maxPayloadSize).to.be.a('number').above(0);
      expect(body.filter.maxResults).to.be.a('number').above(0);
      expect(body.authenticationSchemes[0].type).to.be.a('string').and.not.equal('');
      expect(body.authenticationSchemes[0].description).to.be.a('string').and.not.equal('');
      expect((await server.request('POST', '/ServiceProviderConfigs', {})).status).to.equal(405);
      expect((await server.request('POST', '/Schemas', {})).status).to.equal(405);
    });

    it('lists schemas and resource types (optional)', async () => {
      for (const path of ['/Schemas', '/ResourceTypes']) {
        const { status, body } = await get(path);
        expect(status, path).to.equal(200);
        expect(body.schemas, path).to.deep.equal([CORE, `${CORE}:ListResponse`]);
        expect(body.Resources, path).to.have.length(2);
      }
    });

    it("takes the cloud client's life of a user", async () => {
      expect((await get('/Users?startIndex=1&count=2')).status).to.equal(200);
      expect((await get('/Groups?startIndex=1&count=100')).status).to.equal(200);
      const { body: user } = await server.request('POST', '/Users', { ...person, groups: [], password: '1mz050nq' });
      const found = await get(`/Users?filter=userName%20eq%20%22${person.userName}%22&startIndex=1&count=100`);
      expect(found.body.totalResults).to.equal(1);
      const merged = { ...user, groups: [], displayName: 'Changed' };
      const put = await server.request('PUT', `/Users/${user.id}`, merged);
      expect(put.status).to.equal(200);
      expect(put.body.displayName).to.equal('Changed');
      const patched = await server.request('PATCH', `/Users/${user.id}`, {
        schemas: [CORE],
        id: user.id,
        active: false,
      });
      expect(patched.status).to.equal(200);
      expect(patched.body.active).to.equal(false);
    });

    it("takes the cloud client's life of a group", async () => {
      const { body: user } = await server.request('POST', '/Users', person);
      const extension = 'urn:okta:custom:group:1.0';
      const schemas = [CORE, extension];
      const { status, body: group } = await server.request('POST', '/Groups', {
        schemas,
        displayName: 'Test',
        [extension]: { description: 'from Okta' },
      });
      expect(status).to.equal(201);
      const path = `/Groups/${group.id}`;
      expect((await get('/Groups?filter=displayName%20eq%20%22Test%22')).body.totalResults).to.equal(1);
      const rename = await server.request('PATCH', path, { schemas: [CORE], id: group.id, displayName: 'Renamed' });
      expect(rename.body.displayName).to.equal('Renamed');
      const member = { value: user.id, display: user.userName };
      const joined = await server.request('PATCH', path, { schemas: [CORE], members: [member] });
      expect(joined.body.members).to.have.length(1);
      const left = await server.request('PATCH', path, {
        schemas: [CORE],
        members: [{ ...member, operation: 'delete' }],
      });
      expect(left.body.members).to.deep.equal([]);
      expect((await server.request('DELETE', path)).status).to.equal(200);
      expect((await get(path)).status).to.equal(404);
    });
  });
}
