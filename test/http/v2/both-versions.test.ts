import { expect } from 'chai';
import { startServer, stores, type TestServer } from '../../support/start-server.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

for (const store of stores) {
  describe(`both versions of SCIM on the same people (${store})`, () => {
    let server: TestServer;

    before(async () => {
      server = await startServer({ store });
    });
    after(() => server.close());

    it('show the same person under the same id, each in its own words', async () => {
      const v2 = server.speaking('2.0');
      const boss = await server.request('POST', '/Users', { userName: 'boss' });
      const made = await v2.request('POST', '/Users', {
        schemas: [USER, ENTERPRISE],
        userName: 'ann',
        externalId: 701984,
        name: [{ givenName: 'Ann' }],
        [`${ENTERPRISE}:department`]: 'Sales',
        [ENTERPRISE]: { manager: boss.body.id },
      });
      expect(made.status, made.text).to.equal(201);
      expect(made.headers.get('content-type')).to.match(/^application\/scim\+json/);
      expect(made.body).to.deep.include({ userName: 'ann', externalId: '701984', name: { givenName: 'Ann' } });
      expect(made.body.schemas).to.deep.equal([USER, ENTERPRISE]);
      expect(made.body.meta).to.include({ resourceType: 'User', location: made.headers.get('location') });
      expect(made.body.meta.version).to.equal(made.headers.get('etag'));
      expect(made.body[ENTERPRISE]).to.deep.include({ department: 'Sales' });
      expect(made.body[ENTERPRISE].manager).to.include({
        value: boss.body.id,
        $ref: `${v2.url}/Users/${boss.body.id}`,
      });

      const seen = await server.request('GET', `/Users/${made.body.id}`);
      expect(seen.body.meta.version).to.equal(made.body.meta.version);
      expect(seen.body['urn:scim:schemas:extension:enterprise:1.0'].manager.managerId).to.equal(boss.body.id);

      const gone = await v2.request('DELETE', `/Users/${made.body.id}`);
      expect([gone.status, gone.text]).to.deep.equal([204, '']);
      expect((await server.request('GET', `/Users/${made.body.id}`)).status).to.equal(404);
      const again = await v2.request('DELETE', `/Users/${made.body.id}`);
      expect(again.body).to.include({ status: '404' }).and.not.to.have.property('scimType');
      expect(again.body.schemas).to.deep.equal(['urn:ietf:params:scim:api:messages:2.0:Error']);
    });

    it('refuse a second of one name, 2.0 with its word for it', async () => {
      const v2 = server.speaking('2.0');
      await server.request('POST', '/Users', { userName: 'twin' });
      const { status, body } = await v2.request('POST', '/Users', { schemas: [USER], userName: 'TWIN' });
      expect([status, body.status, body.scimType]).to.deep.equal([409, '409', 'uniqueness']);
    });

    it('tell of themselves', async () => {
      const v2 = server.speaking('2.0');
      const types = await v2.request('GET', '/ResourceTypes');
      expect(types.body.Resources.map((one: { id: string }) => one.id)).to.deep.equal(['User', 'Group']);
      const schemas = await v2.request('GET', '/Schemas');
      const ids = schemas.body.Resources.map((one: { id: string }) => one.id);
      expect(ids.slice(0, 2)).to.deep.equal([USER, ENTERPRISE]);
      for (const id of ids)
        expect((await v2.request('GET', `/Schemas/${encodeURIComponent(id)}`)).body.id).to.equal(id);
      expect((await v2.request('GET', '/Schemas?filter=id%20pr')).status).to.equal(403);
      expect((await v2.request('GET', '/Me')).status).to.equal(501);
      expect((await v2.request('GET', '/serviceproviderconfig')).body.etag).to.deep.equal({ supported: true });
    });
  });
}
