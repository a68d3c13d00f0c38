import { expect } from 'chai';
import {
  type Reply,
  type Speaker,
  type StartOptions,
  startServer,
  type TestServer,
} from '../../support/start-server.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

describe('the answer to a PATCH of SCIM 2.0', () => {
  let server: TestServer | undefined;
  let v2: Speaker;
  let user: string;
  let group: string;
  const start = async (options: StartOptions = {}): Promise<void> => {
    server = await startServer(options);
    v2 = server.speaking('2.0');
    user = (await v2.request('POST', '/Users', { schemas: [USER], userName: 'ana' })).body.id;
    group = (await v2.request('POST', '/Groups', { schemas: [GROUP], displayName: 'g' })).body.id;
  };
  afterEach(() => server?.close());

  const patch = (path: string, operation: object): Promise<Reply> =>
    v2.request('PATCH', path, { schemas: [PATCH_OP], Operations: [operation] });
  const rename = (query = ''): Promise<Reply> =>
    patch(`/Users/${user}${query}`, { op: 'replace', path: 'nickName', value: query });
  const join = (query = ''): Promise<Reply> =>
    patch(`/Groups/${group}${query}`, { op: 'add', path: 'members', value: [{ value: user }] });

  for (const [patchReply, ofUser, ofGroup] of [
    [undefined, 200, 204],
    ['users', 200, 204],
    ['all', 200, 200],
    ['none', 204, 204],
  ] as const)
    it(`is ${ofUser} for people and ${ofGroup} for groups: ${patchReply ?? 'no setting'} [R-3.5.2-08 N-08]`, async () => {
      await start(patchReply === undefined ? {} : { patchReply });
      const [changed, joined] = [await rename(), await join()];
      expect([changed.status, joined.status]).to.deep.equal([ofUser, ofGroup]);
      for (const [reply, status] of [
        [changed, ofUser],
        [joined, ofGroup],
      ] as const) {
        expect(reply.text === '').to.equal(status === 204);
        expect(reply.headers.get('etag')).to.match(/^W\/"/);
        expect(reply.headers.get('location')).to.contain(v2.url);
      }
      const members = (await v2.request('GET', `/Groups/${group}`)).body.members;
      expect(members.map(({ value }: { value: string }) => value)).to.deep.equal([user]);
    });

  it('is always the resource where attributes are named [R-3.5.2-08]', async () => {
    await start({ patchReply: 'none' });
    for (const query of ['?attributes=displayName', '?excludedAttributes=members']) {
      expect((await rename(query)).status).to.equal(200);
      const { status, body } = await join(query);
      expect([status, body.displayName, 'members' in body]).to.deep.equal([200, 'g', false]);
    }
    expect((await join('?attributes=members')).body.members).to.have.length(1);
  });

  it('is the same in a request of many, whose data need no schemas [R-3.7-06]', async () => {
    for (const dialect of ['compatible', 'strict', 'profile'] as const) {
      await start({ dialect });
      const join_ = { op: 'add', path: 'members', value: [{ value: 'bulkId:new' }] };
      const data = [[join_], { Operations: [join_] }, { schemas: [PATCH_OP], Operations: [join_] }];
      const { status, body } = await v2.request('POST', '/Bulk', {
        schemas: [BULK],
        Operations: [
          ...data.map((one) => ({ method: 'PATCH', path: `/Groups/${group}`, data: one })),
          { method: 'POST', path: '/Users', bulkId: 'new', data: { schemas: [USER], userName: 'new' } },
          {
            method: 'POST',
            path: '/Groups',
            bulkId: 'late',
            data: { schemas: [GROUP], displayName: 'late', members: [{ value: 'bulkId:after' }] },
          },
          { method: 'POST', path: '/Users', bulkId: 'after', data: { schemas: [USER], userName: 'after' } },
          { method: 'PATCH', path: `/Users/${user}`, data: [{ op: 'replace', path: 'userName' }] },
        ],
      });
      expect(status).to.equal(200);
      const statuses = body.Operations.map((one: { status: string }) => one.status);
      expect(statuses, JSON.stringify(body)).to.deep.equal(['200', '200', '200', '201', '201', '201', '400']);
      expect(body.Operations[6].response).to.include({ scimType: 'invalidValue' });
      const members = (await v2.request('GET', `/Groups/${group}`)).body.members;
      expect(members.map(({ display }: { display: string }) => display)).to.deep.equal(['new']);
      await server?.close();
    }
    server = undefined;
  });
});
