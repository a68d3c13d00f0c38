import { expect } from 'chai';
import { expectRefusal, forEachBackend, type Subject } from '../support/for-each-backend.ts';

const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';
const CUSTOM = 'urn:okta:onprem_app:1.0:user:custom';
const full = {
  userName: 'asilva',
  externalId: 'hr-1',
  nickName: 'Ana',
  name: { givenName: 'Ana', familyName: 'Silva' },
  emails: [{ value: 'ana@x.org' }],
  active: false,
  [ENTERPRISE]: { department: 'R&D', costCenter: '7' },
  [CUSTOM]: { shoe: 41, tags: ['a', 'b'] },
};

/** What both readings of PUT share (SCIM 1.1 API §3.3.1; docs/okta-agent.md, Absent attributes). */
function replacing(subject: Subject): void {
  it('answers 200 with the entire resource, a new version and the old id and creation', async () => {
    const before = await subject.user(full);
    const reply = await subject.put(`/Users/${before.id}`, { ...full, nickName: 'Bee' });
    expect(reply.status).to.equal(200);
    expect(reply.body).to.deep.include({ id: before.id, nickName: 'Bee', name: full.name });
    expect(reply.body.meta.created).to.equal(before.meta.created);
    expect(reply.body.meta.lastModified > before.meta.lastModified).to.equal(true);
    expect(reply.body.meta.version).to.not.equal(before.meta.version);
    expect(reply.headers.get('etag')).to.equal(reply.body.meta.version);
    expect(reply.headers.get('location')).to.equal(before.meta.location);
    expect((await subject.get(`/Users/${before.id}`)).body).to.deep.equal(reply.body);
  });

  it('changes nothing, not even the version, when it says what is there', async () => {
    const before = await subject.user(full);
    for (const body of [full, before]) {
      const reply = await subject.put(`/Users/${before.id}`, body);
      expect(reply.body).to.deep.equal(before);
    }
  });

  it('changes nothing when a client sends back all that it read, the computed parts too', async () => {
    const boss = await subject.user({ userName: 'boss', displayName: 'Boss' });
    const { id } = await subject.user({ ...full, [ENTERPRISE]: { manager: { managerId: boss.id } } });
    const { id: groupId } = await subject.group({ displayName: 'G', members: [id, boss.id] });
    for (const path of [`/Users/${id}`, `/Groups/${groupId}`]) {
      const { body } = await subject.get(path);
      expect((await subject.put(path, body)).body).to.deep.equal(body);
      const { groups: _, ...withoutGroups } = body;
      expect((await subject.put(path, withoutGroups)).body).to.deep.equal(body);
    }
  });

  it('ignores what is read-only', async () => {
    const user = await subject.user(full);
    const group = await subject.group({ displayName: 'G', members: [user.id] });
    const body = {
      ...full,
      id: 'other',
      groups: [],
      meta: { created: '1999-01-01T00:00:00Z', location: 'x', version: 'W/"9"' },
    };
    const reply = await subject.put(`/Users/${user.id}`, body);
    expect(reply.status).to.equal(200);
    expect(reply.body.id).to.equal(user.id);
    expect(reply.body.meta.created).to.equal(user.meta.created);
    expect(reply.body.groups).to.deep.equal([{ value: group.id, display: 'G', type: 'direct' }]);
  });

  it('asks for required attributes, sent empty or left out', async () => {
    const user = await subject.user(full);
    const group = await subject.group({ displayName: 'G' });
    for (const body of [{ nickName: 'x' }, { userName: null }, { userName: '' }]) {
      expectRefusal(await subject.put(`/Users/${user.id}`, body), 400, /^userName is required/);
    }
    expectRefusal(await subject.put(`/Groups/${group.id}`, { members: [] }), 400, /^displayName is required/);
    expect((await subject.get(`/Users/${user.id}`)).body).to.deep.equal(user);
  });

  it('creates nobody', async () => {
    expectRefusal(await subject.put('/Users/nope', full), 404, /^User "nope" not found/);
    expect(await subject.names('/Users')).to.deep.equal([]);
  });

  it('refuses the name of another and takes another case of its own', async () => {
    const user = await subject.user(full);
    await subject.user({ userName: 'bob' });
    expectRefusal(await subject.put(`/Users/${user.id}`, { ...full, userName: 'BOB' }), 409, /^userName/);
    expect((await subject.put(`/Users/${user.id}`, { ...full, userName: 'ASilva' })).body).to.include({
      userName: 'ASilva',
      id: user.id,
    });
  });

  it('replaces members as a whole; none when they are absent, null or empty', async () => {
    const a = await subject.user({ userName: 'a' });
    const b = await subject.user({ userName: 'b' });
    for (const rest of [{}, { members: null }, { members: [] }]) {
      const group = await subject.group({ displayName: 'G', members: [a.id, b.id] });
      const kept = await subject.put(`/Groups/${group.id}`, {
        displayName: 'G',
        members: [{ value: b.id, display: 'x' }],
      });
      expect(kept.body.members).to.deep.equal([{ value: b.id, display: 'b', type: 'User' }]);
      const reply = await subject.put(`/Groups/${group.id}`, { displayName: 'G', ...rest });
      expect(reply.body.members, JSON.stringify(rest)).to.deep.equal([]);
      await subject.remove(`/Groups/${group.id}`);
    }
  });

  it('never enables or disables anybody who was not mentioned', async () => {
    const { id } = await subject.user(full);
    for (const rest of [{}, { active: null }, { active: '' }]) {
      expect((await subject.put(`/Users/${id}`, { userName: 'asilva', ...rest })).body.active).to.equal(false);
    }
    expect((await subject.put(`/Users/${id}`, { userName: 'asilva', active: true })).body.active).to.equal(true);
  });

  it('refuses a list of members of whom none exists, or a manager who does not, and changes nothing', async () => {
    const user = await subject.user(full);
    const group = await subject.group({ displayName: 'G', members: [user.id] });
    expectRefusal(await subject.put(`/Groups/${group.id}`, { displayName: 'H', members: ['nope'] }), 400, /"nope"/);
    const managed = { ...full, nickName: 'x', [ENTERPRISE]: { manager: { managerId: 'nope' } } };
    expectRefusal(await subject.put(`/Users/${user.id}`, managed), 400, /managerId.*"nope"/);
    expect((await subject.get(`/Groups/${group.id}`)).body).to.deep.equal(group);
    expect((await subject.get(`/Users/${user.id}`)).body.nickName).to.equal('Ana');
  });
}

/** docs/okta-agent.md, Absent attributes. */
forEachBackend('PUT as merge', {}, (subject) => {
  replacing(subject);

  it('keeps what is absent, part by part', async () => {
    const { id } = await subject.user(full);
    const reply = await subject.put(`/Users/${id}`, {
      userName: 'asilva',
      name: { familyName: 'Costa' },
      [ENTERPRISE]: { department: 'Sales' },
      [CUSTOM]: {},
    });
    expect(reply.body).to.deep.include({
      nickName: 'Ana',
      externalId: 'hr-1',
      emails: full.emails,
      name: { givenName: 'Ana', familyName: 'Costa' },
      [ENTERPRISE]: { department: 'Sales', costCenter: '7' },
      [CUSTOM]: full[CUSTOM],
    });
  });

  it('clears what is null, "" or []', async () => {
    const { id } = await subject.user(full);
    const reply = await subject.put(`/Users/${id}`, {
      userName: 'asilva',
      nickName: null,
      externalId: '',
      emails: [],
      name: { familyName: null },
      [ENTERPRISE]: { department: '', costCenter: '7' },
      [CUSTOM]: { tags: [], shoe: null },
    });
    expect(reply.body).to.deep.include({ name: { givenName: 'Ana' }, [ENTERPRISE]: { costCenter: '7' } });
    expect(reply.body).to.not.have.any.keys('nickName', 'externalId', 'emails', CUSTOM);
  });

  it('takes the manager away with a null id', async () => {
    const boss = await subject.user({ userName: 'boss' });
    const { id } = await subject.user({ userName: 'a', [ENTERPRISE]: { manager: { managerId: boss.id } } });
    const body = { userName: 'a', [ENTERPRISE]: { manager: { managerId: null, displayName: 'Boss' } } };
    expect((await subject.put(`/Users/${id}`, body)).body).to.not.have.property(ENTERPRISE);
  });

  it('replaces a plural attribute as a whole', async () => {
    const { id } = await subject.user(full);
    const reply = await subject.put(`/Users/${id}`, { userName: 'asilva', emails: ['b@x.org'] });
    expect(reply.body.emails).to.deep.equal([{ value: 'b@x.org' }]);
  });
});

/** SCIM 1.1 API §3.3.1. */
forEachBackend('PUT as replace', { policy: { put: 'replace', createAgain: 'conflict' } }, (subject) => {
  replacing(subject);

  it('clears what is absent, the extensions too', async () => {
    const { id } = await subject.user(full);
    const reply = await subject.put(`/Users/${id}`, { userName: 'asilva', name: { familyName: 'Costa' } });
    expect(reply.body).to.have.all.keys('schemas', 'id', 'meta', 'userName', 'name', 'active');
    expect(reply.body.name).to.deep.equal({ familyName: 'Costa' });
    expect(reply.body.schemas).to.deep.equal(['urn:scim:schemas:core:1.0']);
  });

  it('takes null, "" and [] for absent', async () => {
    const { id } = await subject.user(full);
    const body = { userName: 'asilva', nickName: null, title: '', emails: [], [ENTERPRISE]: null };
    expect((await subject.put(`/Users/${id}`, body)).body).to.have.all.keys(
      'schemas',
      'id',
      'meta',
      'userName',
      'active',
    );
  });
});
