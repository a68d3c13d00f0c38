import { expect } from 'chai';
import type { Configured } from '../../../connector/entitlements/entitlements.ts';
import { type Reply, type Speaker, startServer, stores, type TestServer } from '../../support/start-server.ts';

const ROLE_URN = 'urn:okta:scim:schemas:core:1.0:Role';
const ENTITLEMENT_URN = 'urn:okta:scim:schemas:core:1.0:Entitlement';
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

const kind = (name: string, more: Partial<Configured> = {}): Configured => ({
  name,
  kind: 'entitlement',
  endpoint: `/${name}s`,
  description: `${name} of the suite`,
  single: false,
  ...more,
});
const ENTITLEMENTS: readonly Configured[] = [
  kind('License', {
    list: {
      e3: 'Office E3',
      f1: { name: 'Office F1', description: 'For the shop floor' },
      'a b/ü': 'Odd one',
    },
  }),
  kind('Seat', { single: true, list: { a1: 'Window' } }),
  kind('Role', { kind: 'role', list: { admin: 'Administrator', clerk: 'Clerk' } }),
];

for (const store of stores) {
  describe(`entitlements over SCIM 2.0 on ${store}`, () => {
    let server: TestServer;
    let v2: Speaker;
    beforeEach(async () => {
      server = await startServer({ store, entitlements: ENTITLEMENTS });
      v2 = server.speaking('2.0');
    });
    afterEach(() => server.close());
    const get = (path: string): Promise<Reply> => v2.request('GET', path);

    it('are found in the order in which Okta asks [O-40 O-41 O-42]', async () => {
      const types = (await get('/ResourceTypes')).body.Resources;
      expect(
        types.map(({ id, endpoint, schema }: Record<string, string>) => [id, endpoint, schema]).slice(2),
      ).to.deep.equal([
        ['License', '/Licenses', ENTITLEMENT_URN],
        ['Seat', '/Seats', ENTITLEMENT_URN],
        ['Role', '/Roles', ROLE_URN],
      ]);
      const schemas = (await get('/Schemas')).body.Resources;
      expect(schemas.map(({ id }: { id: string }) => id)).to.include.members([ROLE_URN, ENTITLEMENT_URN]);
      const own = (await get(`/Schemas/${ENTITLEMENT_URN}`)).body;
      expect(own.attributes.map(({ name }: { name: string }) => name)).to.deep.equal([
        'displayName',
        'type',
        'description',
      ]);
      expect(own.attributes[1].canonicalValues).to.deep.equal(['License', 'Seat']);
      expect((await get('/ResourceTypes/role')).body).to.include({ name: 'Role', description: 'Role of the suite' });
      for (const { endpoint } of types.slice(2)) expect((await get(endpoint)).status).to.equal(200);
    });

    it("pass Okta's published test of entitlement endpoints [O-36]", async () => {
      const headers = {
        'Accept-Charset': 'utf-8',
        'Content-Type': 'application/scim+json; charset=utf-8',
        Accept: 'application/scim+json',
        'User-Agent': 'OKTA SCIM Integration',
      };
      for (const { endpoint } of ENTITLEMENTS) {
        const path = `${endpoint}?count=1&startIndex=1`;
        const { status, body } = await v2.request('GET', path, undefined, headers);
        expect(status).to.equal(200);
        expect(body.Resources).to.have.length(1);
        expect(body.schemas).to.include(LIST);
        expect([body.startIndex, body.itemsPerPage]).to.deep.equal([1, 1]);
        expect(body.totalResults).to.be.a('number');
      }
    });

    it('are walked by cursors too, each once, and the last page says so', async () => {
      for (const count of [1, 2, 3, 4]) {
        const seen: string[] = [];
        let [cursor, pages]: [string | undefined, number] = ['', 0];
        while (cursor !== undefined) {
          const { status, body, text } = await get(`/Licenses?count=${count}&cursor=${cursor}`);
          expect(status, text).to.equal(200);
          expect(body).to.not.have.property('startIndex');
          seen.push(...body.Resources.map(({ id }: { id: string }) => id));
          [cursor, pages] = [body.nextCursor, pages + 1];
        }
        expect(seen).to.deep.equal(['e3', 'f1', 'a b/ü']);
        expect(pages).to.equal(Math.ceil(3 / count));
      }
      const { nextCursor } = (await get('/Licenses?count=1&cursor=')).body;
      expect((await get(`/Roles?count=1&cursor=${nextCursor}`)).body.scimType).to.equal('invalidCursor');
    });

    it('are asked for by POST too', async () => {
      const search = (body: object) => v2.request('POST', '/Licenses/.search', body);
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'];
      const { status, text } = await search({ schemas, filter: 'displayName sw "office"', count: 1, startIndex: 2 });
      const got = await get(
        `/Licenses?${new URLSearchParams({ filter: 'displayName sw "office"', count: '1', startIndex: '2' })}`,
      );
      expect([status, text]).to.deep.equal([200, got.text]);
      expect((await search({})).body.scimType).to.equal('invalidSyntax');
      const refused = await get('/Licenses/.search');
      expect([refused.status, refused.headers.get('allow')]).to.deep.equal([405, 'POST']);
    });

    it('are listed page by page, filtered, and read by id', async () => {
      const { body } = await get('/Licenses?startIndex=2&count=5');
      expect([body.totalResults, body.itemsPerPage, body.startIndex]).to.deep.equal([3, 2, 2]);
      expect(body.Resources[0]).to.deep.include({
        schemas: [ENTITLEMENT_URN],
        id: 'f1',
        displayName: 'Office F1',
        type: 'License',
        description: 'For the shop floor',
      });
      expect(body.Resources[0].meta).to.include({ resourceType: 'License', location: `${v2.url}/Licenses/f1` });
      expect((await get('/Roles/admin')).body).to.deep.include({ schemas: [ROLE_URN], displayName: 'Administrator' });
      expect((await get('/Roles/admin')).body).to.not.have.property('type');
      expect((await get('/Licenses/a%20b%2F%C3%BC')).body.displayName).to.equal('Odd one');
      expect((await get('/Licenses/admin')).status).to.equal(404);
      // No text of any encoding: nothing has this id, and nothing breaks.
      expect((await get('/Licenses/%E0%A4%A')).status).to.equal(404);
      const found = async (text: string): Promise<readonly string[]> =>
        (await get(`/licenses?${new URLSearchParams({ filter: text })}`)).body.Resources.map(
          ({ id }: { id: string }) => id,
        );
      expect(await found('displayName eq "office e3"')).to.deep.equal(['e3']);
      expect(await found('type eq "License" and not (displayName sw "odd")')).to.deep.equal(['e3', 'f1']);
      expect(await found('type eq "Role"')).to.deep.equal([]);
      expect(await found(`${ENTITLEMENT_URN}:description pr`)).to.deep.equal(['f1']);
      expect((await get('/Licenses?attributes=displayName')).body.Resources[0]).to.have.all.keys(
        'schemas',
        'id',
        'displayName',
      );
      expect((await get('/Licenses?filter=colour%20eq%20%22red%22')).body.scimType).to.equal('invalidFilter');
      expect((await get('/Licenses?count=0')).body).to.include({ totalResults: 3, itemsPerPage: 0 });
    });

    it('are changed by nobody, and are none of SCIM 1.1 [O-48]', async () => {
      const refused = await v2.request('POST', '/Licenses', { displayName: 'x' });
      expect([refused.status, refused.headers.get('allow')]).to.deep.equal([405, 'GET, HEAD']);
      const first = server.speaking('1.1');
      expect((await first.request('GET', '/Licenses')).status).to.equal(404);
      expect((await first.request('GET', '/ResourceTypes')).text).to.not.contain('License');
      expect((await first.request('GET', '/Schemas')).text).to.not.contain('entitlements');
    });

    it('are given and taken away by PUT and by PATCH [O-43 O-44 O-47]', async () => {
      const made = await v2.request('POST', '/Users', { userName: 'ana', roles: [{ value: 'admin' }] });
      expect(made.body.roles).to.deep.equal([{ value: 'admin', display: 'Administrator' }]);
      const path = `/Users/${made.body.id}`;
      const entitlements = [
        { value: 'e3', display: 'whatever', type: 'License' },
        { value: 'a1', type: 'Seat' },
      ];
      const put = await v2.request('PUT', path, { userName: 'ana', entitlements });
      expect(put.body.entitlements).to.deep.equal([
        { value: 'e3', display: 'Office E3', type: 'License' },
        { value: 'a1', display: 'Window', type: 'Seat' },
      ]);
      expect(put.body.roles).to.have.length(1);
      expect(put.body.meta.version).to.not.equal(made.body.meta.version);
      const same = await v2.request('PUT', path, put.body);
      expect(same.body.meta).to.deep.equal(put.body.meta);
      const patch = (...Operations: readonly object[]): Promise<Reply> =>
        v2.request('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });
      const added = await patch(
        { op: 'add', path: 'entitlements', value: [{ value: 'f1', type: 'License' }] },
        { op: 'remove', path: 'entitlements[value eq "a1"]' },
        { op: 'replace', path: 'roles', value: [{ value: 'clerk' }] },
      );
      expect(added.status, added.text).to.equal(200);
      expect(added.body.entitlements.map(({ value }: { value: string }) => value)).to.deep.equal(['e3', 'f1']);
      expect(added.body.roles).to.deep.equal([{ value: 'clerk', display: 'Clerk' }]);
      const refused = await patch({ op: 'add', path: 'entitlements', value: [{ value: 'e9', type: 'License' }] });
      expect([refused.status, refused.body.scimType]).to.deep.equal([400, 'invalidValue']);
      expect(refused.body.detail).to.match(/^entitlements: there is no License "e9"; /);
      const less = await v2.request('PUT', path, { userName: 'ana', entitlements: [] });
      expect(less.body).to.not.have.property('entitlements');
    });

    it('stay with a person whom SCIM 1.1 changes, who does not show them there', async () => {
      const entitlements = [{ value: 'e3', type: 'License' }];
      const { body } = await v2.request('POST', '/Users', { userName: 'ana', entitlements });
      const since = body.meta.lastModified;
      const seen = await server.request('PUT', `/Users/${body.id}`, { userName: 'ana', title: 'Dr', entitlements: [] });
      expect(seen.body).to.deep.include({ title: 'Dr' }).and.not.have.property('entitlements');
      const now = await get(`/Users/${body.id}`);
      expect(now.body.entitlements).to.deep.equal([{ value: 'e3', type: 'License', display: 'Office E3' }]);
      const filter = `entitlements.value eq "e3" and meta.lastModified ge "${since}"`;
      expect((await get(`/Users?${new URLSearchParams({ filter })}`)).body.totalResults).to.equal(1);
      const byName = await get(`/Users?${new URLSearchParams({ filter: 'entitlements[display sw "Office"]' })}`);
      expect([byName.status, byName.body.scimType]).to.deep.equal([400, 'invalidFilter']);
      expect(byName.body.detail).to.contain('ask for entitlements.value');
    });

    it('are asked for by the capability of SCIM 2.0 alone', async () => {
      expect((await get('/ServiceProviderConfig')).text).to.contain('IMPORT_USER_SCHEMA');
      expect((await server.request('GET', '/ServiceProviderConfigs')).text).to.not.contain('IMPORT_USER_SCHEMA');
    });
  });
}
