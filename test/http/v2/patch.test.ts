import { expect } from 'chai';
import { type Reply, type Speaker, startServer, stores, type TestServer } from '../../support/start-server.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

for (const store of stores) {
  describe(`PATCH of SCIM 2.0 (${store})`, () => {
    let server: TestServer;
    let v2: Speaker;
    let id: string;

    before(async () => {
      server = await startServer({ store });
      v2 = server.speaking('2.0');
    });
    beforeEach(async () => {
      const emails = [{ value: 'ana@a.org', type: 'work', primary: true }];
      id = (await v2.request('POST', '/Users', { schemas: [USER], userName: 'ana', title: 'T', emails })).body.id;
    });
    afterEach(() => v2.request('DELETE', `/Users/${id}`));
    after(() => server.close());

    const patch = (operations: readonly object[], query = ''): Promise<Reply> =>
      v2.request('PATCH', `/Users/${id}${query}`, { schemas: [PATCH_OP], Operations: operations });

    it('answers with what has become of it, as much of it as is wanted [R-3.5.2-08 R-3.3-11]', async () => {
      const { status, body, headers } = await patch([{ op: 'Replace', path: 'active', value: 'False' }]);
      expect([status, body.active, body.meta.version]).to.deep.equal([200, false, headers.get('etag')]);
      expect(body).to.deep.equal((await v2.request('GET', `/Users/${id}`)).body);
      const part = await patch([{ op: 'add', path: 'nickName', value: 'x' }], '?attributes=nickName');
      expect([part.status, Object.keys(part.body).sort()]).to.deep.equal([200, ['id', 'nickName', 'schemas']]);
    });

    it('does all of it or nothing, and nothing keeps the version [R-3.5.2-06 R-3.5.2-09]', async () => {
      const before = (await v2.request('GET', `/Users/${id}`)).body;
      const { status, body } = await patch([
        { op: 'replace', path: 'title', value: 'x' },
        { op: 'add', path: 'emails[type eq "home"].value', value: 'home@a.org' },
        { op: 'remove', path: 'userName' },
        { op: 'add', path: 'nickName', value: 'x' },
      ]);
      expect([status, body.status, body.scimType]).to.deep.equal([400, '400', 'mutability']);
      expect((await v2.request('GET', `/Users/${id}`)).body).to.deep.equal(before);
      const idle = await patch([
        { op: 'replace', path: 'title', value: 'T' },
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'ana@a.org' },
      ]);
      expect(idle.body).to.deep.equal(before);
    });

    for (const [operation, word] of [
      [{ op: 'replace', path: 'emails[0].value', value: 'x' }, 'invalidPath'],
      [{ op: 'replace', path: 'emails[type co "x"].value', value: 'x' }, 'noTarget'],
      [{ op: 'replace', path: 'emails[type gt true].value', value: 'x' }, 'invalidFilter'],
      [{ op: 'replace', path: 'title' }, 'invalidValue'],
      [{ op: 'move', path: 'title' }, 'invalidSyntax'],
      [{ op: 'remove' }, 'noTarget'],
      [{ op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    ] as const)
      it(`says ${word} to ${JSON.stringify(operation)}`, async () => {
        const { status, body } = await patch([operation]);
        expect([status, body.scimType]).to.deep.equal([400, word]);
        expect(body.detail).to.match(/ \(ref [2-9A-Z]{4}-[2-9A-Z]{4}\)$/);
      });
  });
}
