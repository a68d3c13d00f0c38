import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';

const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';
const full = {
  userName: 'asilva',
  displayName: 'Ana Silva',
  name: { formatted: 'Ana Silva', givenName: 'Ana' },
  emails: [{ value: 'ana@x.org', type: 'work' }],
  addresses: [
    { locality: 'Porto', postalCode: '4000', type: 'home' },
    { locality: 'Lisboa', type: 'work' },
  ],
  [ENTERPRISE]: { employeeNumber: '1001', department: 'R&D' },
};

/** SCIM 1.1 API §3, §3.2.1, §3.2.2.1, §4; Core §5.1, §6.2, §7, §8. */
forEachBackend('GET of one resource', {}, (subject) => {
  it('answers 200 with Location, ETag and no-store', async () => {
    const { id, meta } = await subject.user(full);
    const reply = await subject.get(`/Users/${id}`);
    expect(reply.status).to.equal(200);
    expect(reply.headers.get('location')).to.equal(meta.location);
    expect(reply.headers.get('etag')).to.equal(meta.version);
    expect(reply.headers.get('cache-control')).to.equal('no-store');
    expect(reply.headers.get('content-type')).to.match(/^application\/json/);
    const head = await subject.request('HEAD', `/Users/${id}`);
    expect([head.status, head.text, head.headers.get('etag')]).to.deep.equal([200, '', meta.version]);
  });

  it('knows no id of another type or of nobody', async () => {
    const user = await subject.user(full);
    const group = await subject.group({ displayName: 'G' });
    for (const path of [
      `/Groups/${user.id}`,
      `/Users/${group.id}`,
      '/Users/nope',
      '/Users/%ZZ',
      '/Users/%2F',
      '/Users/%00',
    ]) {
      expectRefusal(await subject.get(path), 404, /not found/);
    }
  });

  it('has no URL for a part of a resource or for what came with 2.0', async () => {
    const { id } = await subject.user(full);
    for (const path of [
      `/Users/${id}/name`,
      `/Users/${id}/password`,
      '/Me',
      '/users',
      '/Users.search',
      '/',
      '/.json',
    ]) {
      expectRefusal(await subject.get(path), 404);
    }
    expectRefusal(await subject.post('/.search', {}), 404);
    expectRefusal(await subject.post('/Users/.search', {}), 405);
  });

  it('tells direct groups from those that groups bring, and survives circles', async () => {
    const user = await subject.user({ userName: 'a' });
    const inner = await subject.group({ displayName: 'Inner', members: [user.id] });
    const outer = await subject.group({ displayName: 'Outer', members: [inner.id] });
    await subject.patch(`/Groups/${inner.id}`, { members: [outer.id, inner.id] });
    expect((await subject.get(`/Users/${user.id}`)).body.groups).to.have.deep.members([
      { value: inner.id, display: 'Inner', type: 'direct' },
      { value: outer.id, display: 'Outer', type: 'indirect' },
    ]);
  });

  it('shows the names of today: a renamed group and manager', async () => {
    const boss = await subject.user({ userName: 'boss', displayName: 'Old' });
    const manager = { managerId: boss.id, displayName: 'Made up' };
    const { id } = await subject.user({ userName: 'a', [ENTERPRISE]: { manager } });
    const group = await subject.group({ displayName: 'Old', members: [id] });
    await subject.patch(`/Groups/${group.id}`, { displayName: 'New' });
    await subject.patch(`/Users/${boss.id}`, { displayName: 'Boss' });
    const { body } = await subject.get(`/Users/${id}`);
    expect(body.groups[0].display).to.equal('New');
    expect(body[ENTERPRISE].manager).to.deep.equal({ managerId: boss.id, displayName: 'Boss' });
  });

  it('ignores filter and paging here', async () => {
    const { id } = await subject.user(full);
    expect((await subject.get(`/Users/${id}?filter=(((&count=-1`)).status).to.equal(200);
  });
});

/** SCIM 1.1 API §3.3.2, §3.7. */
forEachBackend('attributes', {}, (subject) => {
  const ask = async (attributes: string): Promise<Record<string, unknown>> => {
    const { id } = await subject.user(full);
    const reply = await subject.get(`/Users/${id}?attributes=${encodeURIComponent(attributes)}`);
    expect(reply.status).to.equal(200);
    const { schemas: _, id: __, meta, ...rest } = reply.body;
    expect(meta).to.be.an('object');
    return rest;
  };
  const cases: readonly (readonly [string, object])[] = [
    ['userName', { userName: 'asilva' }],
    ['USERNAME, name.FORMATTED', { userName: 'asilva', name: { formatted: 'Ana Silva' } }],
    ['addresses.postalCode', { addresses: [{ postalCode: '4000' }] }],
    ['UrN:sCiM:ScHeMaS:cOrE:1.0:addresses.locality', { addresses: [{ locality: 'Porto' }, { locality: 'Lisboa' }] }],
    ['emails', { emails: full.emails }],
    ['name.givenName,name', { name: full.name }],
    ['name,name.givenName', { name: full.name }],
    [`${ENTERPRISE}:employeeNumber`, { [ENTERPRISE]: { employeeNumber: '1001' } }],
    [ENTERPRISE, { [ENTERPRISE]: full[ENTERPRISE] }],
    ['nonsense,,employeeNumber', {}],
    ['password', {}],
    ['meta.attributes', {}],
    ['id,schemas', {}],
  ];
  for (const [attributes, expected] of cases) {
    it(`of "${attributes}" returns ${Object.keys(expected).join(', ') || 'the minimal set'}`, async () => {
      expect(await ask(attributes)).to.deep.equal(expected);
    });
  }

  it('trims meta to the parts that were named', async () => {
    const { id, meta } = await subject.user(full);
    const { body } = await subject.get(`/Users/${id}?attributes=meta.location`);
    expect(body).to.deep.equal({ schemas: ['urn:scim:schemas:core:1.0'], id, meta: { location: meta.location } });
  });

  it('works on every operation that returns a resource', async () => {
    const created = await subject.post('/Users?attributes=userName', full);
    const { id } = created.body;
    const put = await subject.put(`/Users/${id}?attributes=userName`, full);
    const patch = await subject.patch(`/Users/${id}?Attributes=userName`, { nickName: 'x' });
    for (const { status, body } of [created, put, patch]) {
      expect([200, 201]).to.include(status);
      expect(body).to.have.all.keys('schemas', 'id', 'meta', 'userName');
    }
    const list = await subject.get(
      '/Users?attributes=userName&sortBy=displayName&filter=title%20pr%20or%20emails%20pr',
    );
    expect(list.body.Resources[0]).to.have.all.keys('schemas', 'id', 'meta', 'userName');
  });

  it('leaves the ETag as it is, and an empty group its members', async () => {
    const { id, meta } = await subject.group({ displayName: 'G' });
    const reply = await subject.get(`/Groups/${id}?attributes=members`);
    expect(reply.headers.get('etag')).to.equal(meta.version);
    expect(reply.body.members).to.deep.equal([]);
    expect((await subject.get(`/Groups/${id}?attributes=displayName`)).body).to.not.have.property('members');
  });
});
