import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';

const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

/** What clients of others send and mean no harm by. */
forEachBackend('a client with habits of its own', {}, (subject) => {
  const ignored = async (): Promise<unknown> => (await subject.server.lines()).at(-1)?.fields['ignored'];

  it('may send an empty list of attributes, and means all of them', async () => {
    const { body } = await subject.post('/Users', { userName: 'ann', title: 'Dr' });
    for (const query of ['?attributes=', '?attributes=%20'])
      expect((await subject.get(`/Users/${body.id}${query}`)).body.title, query).to.equal('Dr');
  });

  it('may put the list of schemas into a list', async () => {
    const user = { schemas: [['urn:scim:schemas:core:1.0']], userName: 'ann' };
    expect((await subject.post('/Users', user)).status).to.equal(201);
    expectRefusal(await subject.post('/Users', { userName: 'bob', schemas: [{}] }), 400, /^schemas must be a list/);
  });

  it('finds the code of an error under either spelling of the list', async () => {
    const { body } = await subject.get('/Users/nobody');
    expect([body.Errors[0].code, body.errors[0].code]).to.deep.equal(['404', '404']);
  });

  it('finds a schema by its endpoint with the slash and without', async () => {
    for (const endpoint of ['Users', '/Users', '/users']) {
      const filter = encodeURIComponent(`endpoint eq "${endpoint}"`);
      expect((await subject.get(`/Schemas?filter=${filter}`)).body.totalResults, endpoint).to.equal(1);
    }
  });

  it('is told in the log of parts that no attribute has', async () => {
    await subject.post('/Users', {
      userName: 'ann',
      name: { firstName: 'Ann', familyName: 'Ek' },
      addresses: [{ type: 'work', city: 'Lund', locality: 'Lund' }],
      [ENTERPRISE]: { manager: { value: '7' } },
    });
    expect(await ignored()).to.deep.equal(['name.firstName', 'addresses.city', `${ENTERPRISE}:manager.value`]);
  });

  it('is warned of in the log when custom attributes come under another app, or under none', async () => {
    const last = async () => (await subject.server.lines()).at(-1);
    await subject.post('/Users', { userName: 'ann', 'urn:okta:acme_1:1.0:user:custom': { badge: '7' } });
    expect(await last()).to.deep.include({ level: 'warn' });
    expect((await last())?.fields['hint']).to.match(
      /^custom attributes came under the app "acme_1", and okta_app is "onprem_app"/,
    );
    await subject.post('/Users', { userName: 'bob', 'urn:okta:onprem_app:1.0:user': { badge: '7' } });
    expect((await last())?.fields['hint']).to.equal(undefined);
  });

  it('may name a manager by what is read-only alone, which is no manager', async () => {
    const { status, body } = await subject.post('/Users', {
      userName: 'ann',
      [ENTERPRISE]: { manager: { displayName: 'Kim Boss', $ref: '../Users/7' }, department: 'IT' },
    });
    expect([status, body[ENTERPRISE]]).to.deep.equal([201, { department: 'IT' }]);
  });

  for (const [name, status, type] of [
    ['that says so', 415, 'application/json; charset=utf-16'],
    ['that does not say so', 400, 'application/json'],
  ] as const) {
    it(`is told that a body is not UTF-8: one ${name}`, async () => {
      const bytes = Buffer.from('\ufeff{"userName":"ann"}', 'utf16le');
      const reply = await fetch(`${subject.server.url}/Users`, {
        method: 'POST',
        headers: { 'Content-Type': type },
        body: bytes,
      });
      expect(reply.status).to.equal(status);
      expect((await reply.json()) as object)
        .to.have.nested.property('Errors[0].description')
        .that.matches(/UTF-8 text/);
    });
  }
});
