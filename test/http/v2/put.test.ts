import { expect } from 'chai';
import { forEachBackend } from '../../support/for-each-backend.ts';
import { ENTERPRISE, expectError, USER } from '../../support/scim20.ts';

const PERSON = {
  schemas: [USER, ENTERPRISE],
  userName: 'ana',
  externalId: '701984',
  name: { givenName: 'Ana', familyName: 'A' },
  nickName: 'An',
  active: false,
  password: 'canary',
  emails: [
    { value: 'ana@x.org', type: 'work', primary: true },
    { value: 'ana@h.org', type: 'home' },
  ],
  roles: [{ value: 'admin', display: 'Admin' }],
  [ENTERPRISE]: { department: 'Sales', manager: { value: '' } },
};

for (const put of ['merge', 'replace'] as const)
  forEachBackend(`PUT of SCIM 2.0 with ${put}`, { version: '2.0', policy: { put } }, (subject) => {
    it('of what was read changes nothing [R-3.5-01 R-3.5.1-05 R-3.5.1-06 R-3.5.2-09 O-23]', async () => {
      const boss = await subject.user({ userName: 'boss', displayName: 'Boss' });
      const { id } = await subject.user({
        ...PERSON,
        [ENTERPRISE]: { department: 'Sales', manager: { value: boss.id } },
      });
      const group = await subject.group({ displayName: 'g', members: [{ value: id }] });
      for (const path of [`/Users/${id}`, `/Groups/${group.id}`]) {
        const before = (await subject.get(path)).body;
        const { status, body, headers } = await subject.put(path, before);
        expect([status, headers.get('location')]).to.deep.equal([200, before.meta.location]);
        expect(body).to.deep.equal(before);
        expect((await subject.get(path)).body).to.deep.equal(before);
      }
    });

    it('keeps what is ours, and its id [R-3.5.1-01 R-3.5.1-07 R-3.3-01]', async () => {
      const made = await subject.user(PERSON);
      const path = `/Users/${made.id}`;
      const meta = { ...made.meta, created: '2001-01-01T00:00:00Z', version: 'x', resourceType: 'Group' };
      const { status, body } = await subject.put(path, {
        ...made,
        id: 'other',
        meta,
        groups: [{ value: 'x' }],
        title: 'Chief',
      });
      expect([status, body.id, body.title, body.meta.created, body.meta.resourceType]).to.deep.equal([
        200,
        made.id,
        'Chief',
        made.meta.created,
        'User',
      ]);
      expect(body).to.not.have.property('groups');
      expect(body.meta.version).to.not.equal(made.meta.version);
      expect(body.meta.lastModified >= made.meta.lastModified).to.equal(true);
    });

    it('never makes anybody [R-3.2-01]', async () => {
      expectError(await subject.put('/Users/nobody', { userName: 'new' }), 404);
      expect(await subject.names('/Users')).to.deep.equal([]);
    });

    it('takes no name that is taken [R-3.3-09]', async () => {
      await subject.user({ userName: 'ben' });
      const { id } = await subject.user({ userName: 'ana' });
      expectError(await subject.put(`/Users/${id}`, { userName: 'BEN' }), 409, 'uniqueness');
      expect((await subject.put(`/Users/${id}`, { userName: 'Ana' })).body.userName).to.equal('Ana');
    });

    it('that says nothing of active and password leaves them [R-3.5.1-04 R-3.5.1-02]', async () => {
      const made = await subject.user(PERSON);
      const { body } = await subject.put(`/Users/${made.id}`, { userName: 'ana', name: { givenName: 'Ana' } });
      expect(body.active).to.equal(false);
      expect('nickName' in body && 'emails' in body && ENTERPRISE in body).to.equal(put === 'merge');
      expect(body.name).to.deep.equal(put === 'merge' ? PERSON.name : { givenName: 'Ana' });
      const cleared = await subject.put(`/Users/${made.id}`, {
        userName: 'ana',
        nickName: null,
        emails: [],
        [ENTERPRISE]: { department: '' },
      });
      for (const name of ['nickName', 'emails', ENTERPRISE]) expect(cleared.body).to.not.have.property(name);
    });

    it('of a group says all its members [R-3.5.1-08 K-4.1-24 O-25]', async () => {
      const [a, b] = [await subject.user({ userName: 'a' }), await subject.user({ userName: 'b' })];
      const { id } = await subject.group({ displayName: 'g', members: [{ value: a.id }] });
      const { body } = await subject.put(`/Groups/${id}`, {
        displayName: 'h',
        members: [{ value: b.id, display: 'x' }],
      });
      expect([body.displayName, body.members.map(({ value }: { value: string }) => value)]).to.deep.equal([
        'h',
        [b.id],
      ]);
      expect((await subject.put(`/Groups/${id}`, { displayName: 'h' })).body.members).to.deep.equal([]);
      expectError(await subject.put(`/Groups/${id}`, { members: [] }), 400, 'invalidValue', /displayName/);
      expectError(await subject.post('/Groups', {}), 400, 'invalidValue', /displayName/);
    });
  });

forEachBackend('DELETE of SCIM 2.0', { version: '2.0' }, (subject) => {
  it('is 204, and then there is nothing [R-3.6-01 R-3.6-02 N-15]', async () => {
    const { id } = await subject.user({ userName: 'ana', externalId: 'x' });
    const group = await subject.group({ displayName: 'g', members: [{ value: id }] });
    const gone = await subject.remove(`/Users/${id}`);
    expect([gone.status, gone.text, gone.headers.get('content-type')]).to.deep.equal([204, '', null]);
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'])
      expectError(
        await subject.request(
          method,
          `/Users/${id}`,
          method === 'PUT'
            ? { userName: 'ana' }
            : method === 'PATCH'
              ? { Operations: [{ op: 'add', path: 'title', value: 'x' }] }
              : undefined,
        ),
        404,
      );
    expect(await subject.names('/Users')).to.deep.equal([]);
    expect((await subject.get(`/Groups/${group.id}`)).body.members).to.deep.equal([]);
    expect((await subject.user({ userName: 'Ana', externalId: 'x' })).id).to.not.equal(id);
    expect((await subject.remove(`/Groups/${group.id}`)).status).to.equal(204);
    expectError(await subject.remove(`/Groups/${group.id}`), 404);
  });
});
