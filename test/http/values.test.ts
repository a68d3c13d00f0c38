import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';

const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

/** SCIM 1.1 API §3.1; Core §2.1, §3, §3.1.2, §3.1.6, §3.1.7, §3.2, §6.1, §6.2, §7. */
forEachBackend('a value that is sent', {}, (subject) => {
  it('takes every short form of a plural attribute, mixed too', async () => {
    const user = await subject.user({
      userName: 'a',
      emails: ['a@x.org', { value: 'b@x.org', type: 'gamer' }, null],
      roles: 'admin',
      entitlements: { value: 'all' },
    });
    expect(user.emails).to.deep.equal([{ value: 'a@x.org' }, { value: 'b@x.org', type: 'gamer' }]);
    expect(user.roles).to.deep.equal([{ value: 'admin' }]);
    expect(user.entitlements).to.deep.equal([{ value: 'all' }]);
  });

  it('keeps one of a repeated (type, value) pair, and all it says', async () => {
    const user = await subject.user({
      userName: 'a',
      emails: [
        { value: 'a@x.org', type: 'work', primary: true },
        { value: 'a@X.ORG', type: 'work' },
        { value: 'a@x.org', type: 'home' },
      ],
    });
    expect(user.emails).to.deep.equal([
      { value: 'a@x.org', type: 'work', primary: true },
      { value: 'a@x.org', type: 'home' },
    ]);
  });

  it('refuses two primary values', async () => {
    const emails = [
      { value: '1@x.org', primary: true },
      { value: '2@x.org', primary: true },
    ];
    expectRefusal(
      await subject.post('/Users', { userName: 'c', emails }),
      400,
      /^emails: only one value may be primary/,
    );
  });

  it('shows no empty value in any form', async () => {
    const user = await subject.user({
      userName: 'a',
      title: '',
      nickName: null,
      emails: [],
      roles: [''],
      photos: [{}],
      name: { givenName: '' },
      addresses: [{ type: '' }],
      [ENTERPRISE]: { department: '', manager: null },
    });
    expect(user).to.have.all.keys('schemas', 'id', 'userName', 'active', 'meta');
  });

  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ['text for a complex attribute', { name: 'Bob' }, /^name must be an object, found a string/],
    ['an object in a sub-attribute', { name: { givenName: { x: 1 } } }, /^name\.givenName must be text/],
    ['a number for text', { title: 5 }, /^title must be text, found a number/],
    ['a list for text', { title: ['a'] }, /^title must be text, found a list/],
    ['maybe for a boolean', { active: 'maybe' }, /^active must be true or false/],
    ['a number for a boolean', { active: 1 }, /^active must be true or false/],
    ['what is not base64', { x509Certificates: ['%%%'] }, /^x509Certificates\.value must be base64/],
    ['text for an address', { addresses: ['here'] }, /^addresses must be an object/],
    ['half a character', { title: '\ud800' }, /^title holds a character that is not text/],
    ['NUL', { name: { givenName: 'a\0' } }, /^name\.givenName holds a character that is not text/],
    ['an unknown manager', { [ENTERPRISE]: { manager: { managerId: 'nope' } } }, /"nope"/],
    ['a list for an extension', { [ENTERPRISE]: [1] }, /must be an object/],
  ];
  for (const [what, part, text] of wrong) {
    it(`refuses ${what}`, async () => {
      expectRefusal(await subject.post('/Users', { userName: 'a', ...part }), 400, text);
      expect(await subject.names('/Users')).to.deep.equal([]);
    });
  }

  it('takes "True" and "false" for booleans, and answers with real ones', async () => {
    expect((await subject.user({ userName: 'a', active: 'False' })).active).to.equal(false);
    expect((await subject.user({ userName: 'b', active: 'true' })).active).to.equal(true);
  });

  it('strips blanks from base64 and keeps line breaks of addresses', async () => {
    const user = await subject.user({
      userName: 'a',
      x509Certificates: ['TUlJ\n  Qw=='],
      addresses: [{ formatted: '1 Old St\nPorto' }],
    });
    expect(user.x509Certificates).to.deep.equal([{ value: 'TUlJQw==' }]);
    expect(user.addresses).to.deep.equal([{ formatted: '1 Old St\nPorto' }]);
  });

  it('keeps what it need not rewrite: telephone numbers, languages, countries', async () => {
    const sent = {
      phoneNumbers: [{ value: '555-555-5555', type: 'mobile' }],
      preferredLanguage: 'en-US',
      locale: 'en',
      addresses: [{ country: 'USA' }],
    };
    expect(await subject.user({ userName: 'a', ...sent })).to.deep.include(sent);
  });
});

forEachBackend('a value in strict mode', { strict: true }, (subject) => {
  for (const [part, text] of [
    [{ shoeSize: 42 }, /User has no attribute "shoeSize"/],
    [{ name: { nick: 'x' } }, /name has no sub-attribute "nick"/],
    [{ 'urn:acme:hr:1.0': {} }, /no attribute "urn:acme/],
    [{ addresses: [{ country: 'USA' }] }, /addresses\.country must be a two-letter/],
    [{ preferredLanguage: 'American English' }, /preferredLanguage must be a language/],
    [{ profileUrl: 'ana' }, /profileUrl must be a whole URL/],
  ] as const) {
    it(`refuses ${JSON.stringify(part)}`, async () => {
      expectRefusal(await subject.post('/Users', { userName: 'a', ...part }), 400, text);
    });
  }

  it('accepts what is well formed, and the standard sub-attributes', async () => {
    await subject.user({
      userName: 'a',
      locale: 'en_US',
      profileUrl: 'https://x.org/a',
      addresses: [{ country: 'PT' }],
      emails: [{ value: 'a@x.org', type: 'work', primary: true, display: 'x', operation: 'delete' }],
    });
  });
});
