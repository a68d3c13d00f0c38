import { expect } from 'chai';
import { type Reply, type Speaker, startServer, stores, type TestServer } from '../../support/start-server.ts';

const OWN = 'urn:example:scim:schemas:extension:hr:1.0:User';
const OKTA = 'urn:okta:hr_app:1.0:user:custom';
const OTHER = 'urn:okta:other_app:1.0:user:custom';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

for (const store of stores) {
  describe(`custom attributes under a URN of one's own on ${store}`, () => {
    let server: TestServer;
    let v2: Speaker;
    beforeEach(async () => {
      server = await startServer({
        store,
        customization: {
          app: 'hr_app',
          users: [
            { name: 'badgeId', type: 'string' },
            { name: 'floor', type: 'integer' },
          ],
          userSchema: OWN,
          groups: [],
        },
      });
      v2 = server.speaking('2.0');
    });
    afterEach(() => server.close());
    const get = (path: string): Promise<Reply> => v2.request('GET', path);

    it('are published as one schema, and nowhere else', async () => {
      const user = (await get('/ResourceTypes/User')).body;
      expect(user.schemaExtensions.map(({ schema }: { schema: string }) => schema))
        .to.include(OWN)
        .and.not.include(OKTA);
      const { body } = await get(`/Schemas/${OWN}`);
      expect(body.attributes.map(({ name, type }: Record<string, string>) => [name, type])).to.deep.equal([
        ['badgeId', 'string'],
        ['floor', 'integer'],
      ]);
      expect((await get('/Schemas')).text).to.not.contain(OKTA);
      expect((await server.request('GET', '/Schemas')).text)
        .to.contain(OKTA)
        .and.not.contain(OWN);
    });

    it('are written under either URN and shown under one, and SCIM 1.1 keeps that of Okta', async () => {
      const made = await v2.request('POST', '/Users', { userName: 'ana', [OWN]: { badgeId: 'B-7', floor: 3 } });
      expect(made.body).to.deep.include({ [OWN]: { badgeId: 'B-7', floor: 3 } });
      expect(made.body.schemas).to.include(OWN);
      const path = `/Users/${made.body.id}`;
      expect((await server.request('GET', path)).body).to.deep.include({ [OKTA]: { badgeId: 'B-7', floor: 3 } });
      const put = await v2.request('PUT', path, { userName: 'ana', [OKTA]: { badgeId: 'B-8' } });
      expect(put.body)
        .to.deep.include({ [OWN]: { badgeId: 'B-8', floor: 3 } })
        .and.not.have.property(OKTA);
      const foreign = await v2.request('PUT', path, { userName: 'ana', [OTHER]: { shoe: 'x' } });
      expect(foreign.body).to.deep.include({ [OTHER]: { shoe: 'x' } });
    });

    it('are found, selected and patched under both', async () => {
      const { body } = await v2.request('POST', '/Users', { userName: 'ana', [OWN]: { badgeId: 'B-7' } });
      for (const urn of [OWN, OKTA]) {
        const found = await get(`/Users?${new URLSearchParams({ filter: `${urn}:badgeId eq "B-7"` })}`);
        expect(found.body.totalResults, urn).to.equal(1);
        const shown = await get(`/Users/${body.id}?attributes=${urn}:badgeId`);
        expect(shown.body[OWN], urn).to.deep.equal({ badgeId: 'B-7' });
      }
      const Operations = [
        { op: 'replace', path: `${OWN}:badgeId`, value: 'B-9' },
        { op: 'add', path: OWN, value: { floor: 2 } },
      ];
      const patched = await v2.request('PATCH', `/Users/${body.id}`, { schemas: [PATCH], Operations });
      expect(patched.body[OWN], patched.text).to.deep.equal({ badgeId: 'B-9', floor: 2 });
      const filter = `schemas eq "${OWN}"`;
      expect((await get(`/Users?${new URLSearchParams({ filter })}`)).body.totalResults).to.equal(1);
    });
  });
}
