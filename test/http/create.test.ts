import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';

const CORE = 'urn:scim:schemas:core:1.0';
const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

/** SCIM 1.1 API §3.1, §3.6, §3.8; Core §3.2, §4, §5.1, §6.1, §6.2, §8. */
forEachBackend('POST', { policy: { createAgain: 'conflict' } }, (subject) => {
  it('answers 201 with the whole resource, Location and ETag', async () => {
    const reply = await subject.post('/Users', {
      schemas: [CORE],
      userName: 'asilva',
      externalId: 'hr-77',
      name: { formatted: 'Ana Silva', familyName: 'Silva', givenName: 'Ana' },
      emails: ['Ana@EXAMPLE.com'],
      password: 't1meMa$heen',
    });
    expect(reply.status).to.equal(201);
    const { id, meta, ...rest } = reply.body;
    expect(rest).to.deep.equal({
      schemas: [CORE],
      externalId: 'hr-77',
      userName: 'asilva',
      name: { formatted: 'Ana Silva', familyName: 'Silva', givenName: 'Ana' },
      active: true,
      emails: [{ value: 'Ana@example.com' }],
    });
    expect(meta.location).to.equal(`${subject.server.url}/Users/${id}`);
    expect(reply.headers.get('location')).to.equal(meta.location);
    expect(reply.headers.get('etag'))
      .to.equal(meta.version)
      .and.match(/^W\/".+"$/);
    expect(meta.created).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(meta.lastModified).to.equal(meta.created);
    expect((await subject.get(`/Users/${id}`)).body).to.deep.equal(reply.body);
  });

  it('issues an id free of what would confuse URLs, suffixes and bulk references', async () => {
    const { id } = await subject.user({ userName: 'a', id: 'mine' });
    expect(id).to.match(/^[0-9a-f-]{36}$/);
  });

  it('assumes the core schema when none is named, or an empty list', async () => {
    expect((await subject.user({ userName: 'a' })).schemas).to.deep.equal([CORE]);
    expect((await subject.user({ userName: 'b', schemas: [] })).schemas).to.deep.equal([CORE]);
    for (const schemas of [[7], {}, [{ toString: {} }]]) {
      expectRefusal(await subject.post('/Users', { userName: 'c', schemas }), 400, /^schemas must be a list of URNs/);
    }
  });

  it("ignores what is the server's to say", async () => {
    const user = await subject.user({
      userName: 'b',
      id: 'mine',
      meta: { created: '1999-01-01T00:00:00Z', version: '7', attributes: ['userName'] },
      groups: [{ value: 'x' }],
      emails: [{ value: 'b@x.org', display: 'Bee', operation: 'delete' }],
    });
    expect(user).to.not.have.property('groups');
    expect(user.meta.created).to.not.match(/^1999/);
    expect(user.meta).to.have.all.keys('created', 'lastModified', 'location', 'version');
    expect(user.emails).to.deep.equal([{ value: 'b@x.org' }]);
  });

  for (const body of [{}, { userName: '' }, { userName: null }, { userName: '  ' }, { displayName: 'x' }]) {
    it(`names userName when it is missing from ${JSON.stringify(body)}`, async () => {
      expectRefusal(await subject.post('/Users', body), 400, /^userName is required/);
    });
  }

  it('asks for the name of a group and for no members', async () => {
    expectRefusal(await subject.post('/Groups', { members: [] }), 400, /^displayName is required/);
    expect((await subject.group({ displayName: 'G' })).members).to.deep.equal([]);
  });

  for (const again of ['asilva', 'ASILVA', 'aSilva']) {
    it(`refuses ${again} beside asilva with 409 that names userName`, async () => {
      await subject.user({ userName: 'asilva' });
      expectRefusal(await subject.post('/Users', { userName: again }), 409, /^userName "asilva" |^userName "[aA]S/i);
    });
  }

  it('refuses a second group of one name', async () => {
    await subject.group({ displayName: 'Guides' });
    expectRefusal(await subject.post('/Groups', { displayName: 'guides' }), 409, /^displayName/);
  });

  it('lets two users share an externalId', async () => {
    await subject.user({ userName: 'a', externalId: 'same' });
    await subject.user({ userName: 'b', externalId: 'same' });
    expect(await subject.names('/Users?filter=externalId%20eq%20%22same%22')).to.have.members(['a', 'b']);
  });

  it('reads keys in any case and writes them as the schema does', async () => {
    const user = await subject.user({
      SCHEMAS: [CORE],
      USERNAME: 'a',
      Name: { GIVENNAME: 'Ana' },
      [ENTERPRISE.toUpperCase()]: { DEPARTMENT: 'R&D' },
    });
    expect(user.name).to.deep.equal({ givenName: 'Ana' });
    expect(user[ENTERPRISE]).to.deep.equal({ department: 'R&D' });
    expect(user.schemas).to.deep.equal([CORE, ENTERPRISE]);
  });

  it('refuses a key that is there twice, in whatever case', async () => {
    expectRefusal(await subject.post('/Users', '{"userName":"a","userName":"b"}'), 400, /"userName" twice/);
    expectRefusal(await subject.post('/Users', '{"userName":"a","USERNAME":"b"}'), 400, /"USERNAME" is there twice/);
    expectRefusal(await subject.post('/Users', '{"userName":"a","name":{"x":1,"x":2}}'), 400, /"x" twice/);
    expect((await subject.post('/Users', '{"userName":"a:{\\"a\\"","title":"a:{\\"a\\""}')).status).to.equal(201);
  });

  it('fills in type and display of members, whatever the client said', async () => {
    const user = await subject.user({ userName: 'a', displayName: 'Ana' });
    const inner = await subject.group({ displayName: 'Inner' });
    const { members } = await subject.group({
      displayName: 'G',
      members: [{ value: user.id, type: 'group', display: 'X' }, inner.id, user.id],
    });
    expect(members).to.have.deep.members([
      { value: user.id, type: 'User', display: 'Ana' },
      { value: inner.id, type: 'Group', display: 'Inner' },
    ]);
  });

  it('names the member that does not exist and creates nothing', async () => {
    const members = [{ value: 'nope' }];
    expectRefusal(await subject.post('/Groups', { displayName: 'G', members }), 400, /members.*"nope"/);
    expect(await subject.names('/Groups')).to.deep.equal([]);
    expectRefusal(await subject.post('/Groups', { displayName: 'G', members: [{ display: 'x' }] }), 400, /^members/);
  });

  for (const body of ['null', '"text"', '5', 'true']) {
    it(`says what is missing around ${body}, which is valid JSON`, async () => {
      expectRefusal(await subject.post('/Users', body), 400, /must be a JSON object/);
    });
  }

  it('ignores what nobody declared: attributes, extensions, names of Object', async () => {
    const user = await subject.user({
      userName: 'a',
      employeeNumber: '1',
      constructor: 'x',
      toString: null,
      'urn:acme:hr:1.0': { badge: 1 },
      [ENTERPRISE]: { hasOwnProperty: 'x', costCenter: 'c' },
    });
    expect(user).to.have.all.keys('schemas', 'id', 'userName', 'active', 'meta', ENTERPRISE);
    expect(user[ENTERPRISE]).to.deep.equal({ costCenter: 'c' });
  });

  for (const [what, body] of [
    ['text', 'userName=a'],
    ['nothing', ''],
    ['blanks', ' \n'],
    ['a list', '[{"userName":"a"}]'],
    ['null', 'null'],
    ['half an object', '{"userName":"a"'],
    ['an endless nesting', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['an endless list', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['a poisoned prototype', '{"userName":"a","__proto__":{"admin":true}}'],
  ] as const) {
    it(`refuses a body that is ${what}`, async () => {
      expectRefusal(await subject.post('/Users', body), 400, /body/);
    });
  }
});
