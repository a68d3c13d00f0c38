import { expect } from 'chai';
import { forEachBackend } from '../../support/for-each-backend.ts';
import { ENTERPRISE, expectError, USER } from '../../support/scim20.ts';

forEachBackend('a body of SCIM 2.0', { version: '2.0' }, (subject) => {
  it('says which schemas its parts are of, and no others [K-2.1-01 K-3-01 K-3-02 K-3-04 K-3.3-01 N-14]', async () => {
    const foreign = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/User';
    const schemas = [USER, ENTERPRISE, ENTERPRISE, foreign];
    const bare = await subject.user({ schemas, userName: 'ana', roles: [], meta: { resourceType: 'Group' } });
    expect(bare.schemas).to.deep.equal([USER]);
    expect(bare.meta.resourceType).to.equal('User');
    const full = await subject.user({ schemas, userName: 'ben', [ENTERPRISE]: { department: 'Sales' } });
    expect(full.schemas).to.deep.equal([USER, ENTERPRISE]);
    expect(full[ENTERPRISE]).to.deep.equal({ department: 'Sales' });
    expect((await subject.get('/Users')).body.Resources.map((one: object) => 'schemas' in one)).to.deep.equal([
      true,
      true,
    ]);
  });

  it('needs no schemas, but is no message [K-3-03 R-3.1-01]', async () => {
    expect((await subject.user({ userName: 'ana' })).schemas).to.deep.equal([USER]);
    const message = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], userName: 'ben' };
    expectError(await subject.post('/Users', message), 400, 'invalidSyntax', /names a message/);
  });

  it('has names in any case, and URNs too [K-2.1-03 K-3.3-03 K-3.3-04 K-4.1-26]', async () => {
    const made = await subject.user({
      UserName: 'ana',
      EMAILS: [{ VALUE: 'ana@x.org' }],
      [ENTERPRISE.toUpperCase()]: { EmployeeNumber: 701984 },
      [`${ENTERPRISE}:department`]: 'Sales',
      addresses: [{ type: 'work', postalCode: 91608 }],
    });
    expect(made).to.deep.include({ userName: 'ana', emails: [{ value: 'ana@x.org' }] });
    expect(made[ENTERPRISE]).to.deep.equal({ employeeNumber: '701984', department: 'Sales' });
    expect(made.addresses).to.deep.equal([{ type: 'work', postalCode: '91608' }]);
  });

  for (const [body, text] of [
    [{ title: { a: 1 } }, /title must be text, found an object/],
    [{ name: 'Ana' }, /name must be an object/],
    [{ emails: [['ana@x.org']] }, /emails.value must be text, found a list/],
    [{ externalId: {} }, /externalId must be text/],
    [{ [ENTERPRISE]: { manager: { value: {} } } }, /enterprise:2.0:User:manager.value must be text/],
    [{ name: { givenName: { first: 'A' } } }, /name.givenName must be text/],
    [
      {
        emails: [
          { value: 'a@x.org', primary: true },
          { value: 'b@x.org', primary: true },
        ],
      },
      /only one value may be primary/,
    ],
    [{ active: 'perhaps' }, /active must be true or false/],
    [{ x509Certificates: [{ value: '!!' }] }, /must be base64/],
  ] as const)
    it(`has no ${JSON.stringify(body)} [K-1.2-01 K-2.3.8-01 K-2.4-01 K-2.4-03 K-2.3.6-01]`, async () => {
      expectError(await subject.post('/Users', { userName: 'ana', ...body }), 400, 'invalidValue', text);
      expect(await subject.names('/Users')).to.deep.equal([]);
    });

  for (const body of [{}, { userName: '' }, { userName: null }, { userName: ' ' }, { userName: [] }])
    it(`needs a userName: ${JSON.stringify(body)} [K-4.1-20 R-3.5.1-03]`, async () => {
      expectError(await subject.post('/Users', body), 400, 'invalidValue', /userName/);
      const { id } = await subject.user({ userName: 'ana' });
      expectError(await subject.put(`/Users/${id}`, body), 400, 'invalidValue', /userName/);
    });

  for (const text of ['', 'nope', '[]', 'null', '"text"', '{"userName":'])
    it(`is a JSON object, not ${text || 'nothing'} [R-3.3-10]`, async () => {
      expectError(await subject.post('/Users', text), 400, 'invalidSyntax');
    });

  it('takes true and false as words, and answers with none [K-2.3.2-01 N-20 N-34]', async () => {
    for (const [i, [word, value]] of [
      ['True', true],
      ['False', false],
      ['fALSE', false],
    ].entries()) {
      const made = await subject.user({
        userName: `u${i}`,
        active: word,
        emails: [{ value: 'a@x.org', primary: word }],
      });
      expect([made.active, made.emails[0].primary]).to.deep.equal([value, value]);
    }
  });

  it('has binary values with and without padding [K-4.1-19]', async () => {
    for (const [value, kept] of [
      ['QQ', 'QQ=='],
      ['QQ==', 'QQ=='],
      ['QUI', 'QUI='],
      ['QUJD', 'QUJD'],
    ]) {
      const made = await subject.user({ userName: `u${value}`, x509Certificates: [{ value }] });
      expect(made.x509Certificates).to.deep.equal([{ value: kept }]);
    }
  });

  it('leaves values as they are sent [K-2.4-06 K-2.3.1-01 N-10 N-33 K-4.1-08 K-4.1-09 K-4.1-10 K-4.1-14 K-4.1-16 K-4.1-25]', async () => {
    const sent = {
      userName: 'ana',
      preferredLanguage: 'en-US;q=0.7, de',
      locale: 'en-US',
      timezone: 'Nowhere/Land',
      profileUrl: '../Ana',
      emails: [
        { value: 'Ana@Example.ORG', type: 'untyped' },
        { value: 'b@x.org', type: 'work', display: 'Office', primary: true },
        { value: 'c@x.org', type: 'work' },
      ],
      phoneNumbers: [{ value: '+46 (0)70-123', type: 'untyped' }],
      ims: [{ value: 'ana of x', type: 'aim' }],
      photos: [{ value: 'https://x.org/Ana.jpg', type: 'photo', display: 'Portrait' }],
      addresses: [
        {
          type: 'work',
          formatted: '1 Road\nTown',
          streetAddress: '1 Road',
          locality: 'Town',
          region: 'R',
          postalCode: '1',
          country: 'zz',
          primary: true,
        },
      ],
    };
    const { id, schemas, meta, active, ...kept } = await subject.user(sent);
    expect(kept).to.deep.equal(sent);
  });

  it('has one of each pair of type and value, and no primary that was not sent [K-2.4-04 K-2.4-07]', async () => {
    const email = { value: 'a@x.org', type: 'work' };
    const { emails } = await subject.user({ userName: 'ana', emails: [email, email, { ...email, type: 'home' }] });
    expect(emails).to.deep.equal([email, { ...email, type: 'home' }]);
  });

  it('has lists of one value or of plain ones [K-2.4-08 N-31]', async () => {
    const a = await subject.user({ userName: 'a', emails: ['a@x.org'], roles: 'admin', name: [{ givenName: 'A' }] });
    expect(a).to.deep.include({
      emails: [{ value: 'a@x.org' }],
      roles: [{ value: 'admin' }],
      name: { givenName: 'A' },
    });
    expect((await subject.user({ userName: 'b', emails: { value: 'a@x.org' } })).emails).to.deep.equal(a.emails);
  });

  it('says "no value" in three ways that are one [K-2.5-01 K-2.5-02 R-3.3-03]', async () => {
    for (const [userName, rest] of [
      ['a', {}],
      ['b', { nickName: null, emails: null, name: null }],
      ['c', { nickName: '', emails: [], [ENTERPRISE]: {} }],
    ] as const) {
      const made = await subject.user({ userName, ...rest });
      expect(Object.keys(made).sort()).to.deep.equal(['active', 'id', 'meta', 'schemas', 'userName']);
    }
    expect(await subject.names('/Users?filter=nickName%20pr')).to.deep.equal([]);
    expect(await subject.names('/Users?filter=not%20(emails%20pr)')).to.deep.equal(['a', 'b', 'c']);
    expect((await subject.group({ displayName: 'g' })).members).to.deep.equal([]);
  });

  it('cannot set what is ours [K-3.1-02 K-3.1-03 K-3.1-06 K-4.1-17 K-4.1-24 R-3.3-01 R-3.3.1-01]', async () => {
    const { id: group } = await subject.group({ displayName: 'g' });
    const made = await subject.user({
      userName: 'ana',
      id: 'mine',
      groups: [{ value: group }],
      meta: { resourceType: 'Group', created: '2001-01-01T00:00:00Z', location: 'x', version: 'y' },
    });
    expect(made.id).to.match(/^[0-9a-f-]{36}$/);
    expect(made).to.not.have.property('groups');
    expect(made.meta.created).to.match(/^20[2-9]/);
    expect(made.meta.resourceType).to.equal('User');
    expect((await subject.get(`/Groups/${group}`)).body.members).to.deep.equal([]);
    expectError(await subject.get(`/Users/${group}`), 404);
  });

  it('holds a name once, however it is written [K-4.1-01 K-4.1-21 R-7.8-01 R-3.3-07 K-4.2-05]', async () => {
    await subject.user({ userName: 'Zoë' });
    for (const userName of ['Zoë', 'zoe\u0308', 'ZOË'])
      expectError(await subject.post('/Users', { userName }), 409, 'uniqueness', /userName/);
    await subject.group({ displayName: 'staff@x.org' });
    expectError(await subject.post('/Groups', { displayName: 'Staff@X.org' }), 409, 'uniqueness', /displayName/);
  });

  it('has an externalId to the letter, and invents none [K-3.1-05]', async () => {
    const a = await subject.user({ userName: 'a', externalId: 'ABC' });
    await subject.user({ userName: 'b', externalId: 'abc' });
    expect(await subject.user({ userName: 'c' })).to.not.have.property('externalId');
    expect(await subject.names('/Users?filter=externalId%20eq%20%22ABC%22')).to.deep.equal(['a']);
    expect(a.externalId).to.equal('ABC');
  });

  it('may hold names that mean something to a program [R-3.5.2-29]', async () => {
    const made = await subject.post('/Users', '{"userName":"ana","constructor":{"x":1},"toString":"x"}');
    expect(made.body).to.include({ userName: 'ana', active: true });
    const text = '{"userName":"ben","__proto__":{"active":false}}';
    expectError(await subject.post('/Users', text), 400, 'invalidSyntax', /__proto__/);
  });
});
