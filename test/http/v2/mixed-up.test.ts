import { expect } from 'chai';
import { protocolAt } from '../../../connector/protocol/protocols.ts';
import { isPackaged } from '../../support/cli.ts';
import { startServer, stores, type TestServer } from '../../support/start-server.ts';

const V1 = 'urn:scim:schemas:core:1.0';
const V2 = 'urn:ietf:params:scim:schemas:core:2.0';
const MESSAGES = 'urn:ietf:params:scim:api:messages:2.0';
const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';
const NEWER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

type Reply = Awaited<ReturnType<TestServer['request']>>;

/** In 2.0's shape. */
function expectNewer({ status, body, headers }: Reply, text: RegExp): void {
  expect([status, body.schemas]).to.deep.equal([400, [`${MESSAGES}:Error`]]);
  expect(body).to.include({ status: '400', scimType: 'invalidSyntax' });
  expect(body.detail).to.match(text);
  expect(headers.get('content-type')).to.match(/^application\/scim\+json/);
}

/** In 1.1's. */
function expectOlder({ status, body, headers }: Reply, text: RegExp): void {
  expect([status, body.schemas, body.Errors[0].code]).to.deep.equal([400, [V1], '400']);
  expect(body.Errors[0].description).to.match(text);
  expect(headers.get('content-type')).to.match(/^application\/json/);
}

for (const store of stores) {
  describe(`a body of one version at the base URL of the other (${store})`, () => {
    let server: TestServer;
    const people = async (): Promise<number> => (await server.request('GET', '/Users?count=0')).body.totalResults;

    beforeEach(async () => {
      server = await startServer({ store });
    });
    afterEach(() => server.close());

    it('is refused in the version of the body, with the base URL that it wants', async () => {
      const fix =
        /^the request is SCIM 2\.0, and SCIM 1\.1 is spoken here; enter the base URL http:.*\/scim\/v2\/ \(ref /;
      const { body: group } = await server.request('POST', '/Groups', { displayName: 'g' });
      const wrong: readonly [verb: string, path: string, body: object][] = [
        ['POST', '/Users', { schemas: [`${V2}:User`, NEWER], userName: 'ann', [NEWER]: { department: 'IT' } }],
        ['POST', '/Users', { schemas: [`${V2}:user`.toUpperCase()], userName: 'ann' }],
        ['PUT', `/Groups/${group.id}`, { schemas: [`${V2}:Group`], displayName: 'h' }],
        ['PATCH', `/Groups/${group.id}`, { schemas: [`${MESSAGES}:PatchOp`], Operations: [] }],
        ['PATCH', `/Groups/${group.id}`, { operations: [{ op: 'Replace', value: { displayName: 'h' } }] }],
        ['POST', '/Bulk', { schemas: [`${MESSAGES}:BulkRequest`], Operations: [{ method: 'POST' }] }],
      ];
      for (const [verb, path, body] of wrong) expectNewer(await server.request(verb, path, body), fix);
      expect(await people()).to.equal(0);
      expect((await server.request('GET', `/Groups/${group.id}`)).body).to.deep.equal(group);
    });

    it('is refused the other way round too', async () => {
      const fix =
        /^the request is SCIM 1\.1, and SCIM 2\.0 is spoken here; enter the base URL http:.*\/scim\/v1\/ \(ref /;
      const v2 = server.speaking('2.0');
      const { body: group } = await server.request('POST', '/Groups', { displayName: 'g' });
      const wrong: readonly [verb: string, path: string, body: object][] = [
        ['POST', '/Users', { schemas: [V1, ENTERPRISE], userName: 'ann', [ENTERPRISE]: { department: 'IT' } }],
        ['POST', '/Groups', { schemas: [V1, 'urn:okta:custom:group:1.0'], displayName: 'h' }],
        ['PATCH', `/Groups/${group.id}`, { schemas: [V1], members: [], meta: { attributes: ['members'] } }],
        ['POST', '/Bulk', { schemas: [V1], Operations: [{ method: 'DELETE', path: `/Groups/${group.id}` }] }],
      ];
      for (const [verb, path, body] of wrong) expectOlder(await v2.request(verb, path, body), fix);
      expect(await people()).to.equal(0);
      expect((await server.request('GET', `/Groups/${group.id}`)).body).to.deep.equal(group);
    });

    it('is refused where a filter names its schemas, before it is asked for', async () => {
      const asked = (filter: string): string => `/Users?filter=${encodeURIComponent(filter)}&count=1`;
      const newer = `${V2}:User:userName eq "ann" and ${NEWER}:department pr`;
      expectNewer(await server.request('GET', asked(newer)), /^the request is SCIM 2\.0, and .*\/scim\/v2\/ \(ref /);
      const v2 = server.speaking('2.0');
      expectOlder(
        await v2.request('GET', asked(`${V1}:userName pr`)),
        /^the request is SCIM 1\.1, and .*\/scim\/v1\/ /,
      );
      for (const filter of [`${V1}:userName pr`, `${ENTERPRISE}:department pr`, 'urn:okta:x:1.0:user:custom:a pr'])
        expect((await server.request('GET', asked(filter))).status, filter).to.equal(200);
      expect((await v2.request('GET', asked(newer))).status).to.equal(200);
    });

    it('is refused where it is a part of a bulk request, by itself', async () => {
      const Operations = [
        { method: 'POST', path: '/Users', bulkId: 'a', data: { schemas: [`${V2}:User`], userName: 'ann' } },
        { method: 'POST', path: '/Users', bulkId: 'b', data: { schemas: [V1], userName: 'bob' } },
      ];
      const { status, body } = await server.request('POST', '/Bulk', { schemas: [V1], Operations });
      const codes = body.Operations.map((one: { status: { code: string } }) => one.status.code);
      expect([status, codes]).to.deep.equal([200, ['400', '201']]);
      expect(body.Operations[0].status.description).to.match(/^the request is SCIM 2\.0, and/);
    });

    it('is known by its core schema alone: what else is listed, or nothing at all, is served', async () => {
      const v2 = server.speaking('2.0');
      const group = { displayName: 'pushed', members: [] };
      const odd = [
        V1,
        `${V2}:Group`,
        'urn:okta:custom:group:1.0',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ];
      for (const [i, speaker] of [server, v2].entries()) {
        const made = await speaker.request('POST', '/Groups', { ...group, displayName: `odd ${i}`, schemas: odd });
        expect(made.status, made.text).to.equal(201);
        for (const schemas of [undefined, [], odd.slice(2)]) {
          const put = await speaker.request('PUT', `/Groups/${made.body.id}`, {
            ...group,
            displayName: `odd ${i}`,
            schemas,
          });
          expect(put.status, put.text).to.equal(200);
        }
      }
    });

    it('loses nothing that came under the other name of the enterprise extension', async () => {
      const { body: boss } = await server.request('POST', '/Users', { userName: 'boss' });
      const made = await server.request('POST', '/Users', {
        schemas: [V1, NEWER],
        userName: 'ann',
        [NEWER]: { department: 'IT', manager: { value: boss.id } },
      });
      expect(made.body[ENTERPRISE]).to.deep.equal({
        department: 'IT',
        manager: { managerId: boss.id },
      });
      const patched = await server.request('PATCH', `/Users/${made.body.id}`, {
        [NEWER.toLowerCase()]: { costCenter: '7' },
      });
      expect(patched.body[ENTERPRISE]).to.include({ department: 'IT', costCenter: '7' });
      const older = await server.speaking('2.0').request('POST', '/Users', {
        schemas: [`${V2}:User`, ENTERPRISE],
        userName: 'bob',
        [ENTERPRISE]: { department: 'HR', manager: { managerId: boss.id } },
      });
      expect(older.body[NEWER])
        .to.deep.include({ department: 'HR' })
        .and.to.have.nested.property('manager.value', boss.id);
    });
  });
}

describe('a body of a version that the app is not served in', () => {
  if (isPackaged) return;

  it('is refused in its own shape, with the setting that would serve it', async () => {
    const server = await startServer({ protocol: protocolAt('/scim/v1') });
    const refused = await server.request('POST', '/Users', { schemas: [`${V2}:User`], userName: 'ann' });
    expectNewer(refused, /SCIM 1\.1 is spoken here; the versions of \[apps\.default\] have no other \(ref /);
    await server.close();
  });
});
