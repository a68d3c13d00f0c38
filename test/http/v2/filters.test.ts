import { expect } from 'chai';
import { forEachBackend, query } from '../../support/for-each-backend.ts';
import { ENTERPRISE, expectError, USER } from '../../support/scim20.ts';

forEachBackend('a filter of SCIM 2.0', { version: '2.0' }, (subject) => {
  let ana: { readonly id: string; readonly meta: { readonly location: string; readonly version: string } };
  let group: string;

  beforeEach(async () => {
    ana = await subject.user({
      userName: 'Ana',
      externalId: 'ABC',
      name: { givenName: 'Ana' },
      emails: [
        { value: 'ana@x.org', type: 'work', primary: true },
        { value: 'home@h.org', type: 'home' },
      ],
      [ENTERPRISE]: { department: 'Sales', employeeNumber: '7' },
      password: 'canary',
    });
    await subject.user({
      userName: 'ben',
      active: false,
      title: 'Chief',
      emails: [{ value: 'ben@h.org', type: 'work' }],
    });
    group = (await subject.group({ displayName: 'Staff', members: [{ value: ana.id }] })).id;
  });

  const found = (filter: string, endpoint = '/Users'): Promise<string[]> =>
    subject.names(`${endpoint}${query({ filter })}`);

  for (const [filter, names] of [
    ['userName eq "ANA"', ['Ana']],
    ['userName ne "ana"', ['ben']],
    ['userName co "n"', ['Ana', 'ben']],
    ['userName sw "a"', ['Ana']],
    ['userName ew "EN"', ['ben']],
    ['userName gt "ana"', ['ben']],
    ['userName ge "ana"', ['Ana', 'ben']],
    ['userName lt "ben"', ['Ana']],
    ['userName le "ben"', ['Ana', 'ben']],
    ['title pr', ['ben']],
    ['TITLE PR AND ACTIVE EQ FALSE', ['ben']],
    ['not (userName eq "ana")', ['ben']],
    ['NOT(title pr)', ['Ana']],
    ['title pr or userName pr and active eq true', ['Ana', 'ben']],
    ['(title pr or userName pr) and active eq true', ['Ana']],
    ['not (title pr) and active eq true or title eq "chief"', ['Ana', 'ben']],
  ] as const)
    it(`chooses ${names.join(', ')}: ${filter} [R-3.4.2.2-01 R-3.4.2.2-02 R-3.4.2.2-03]`, async () => {
      expect(await found(filter)).to.deep.equal(names);
    });

  for (const [filter, names] of [
    ['title eq null', ['Ana']],
    ['title ne null', ['ben']],
    ['active eq true', ['Ana']],
    ['active eq "False"', ['ben']],
    ['name pr', ['Ana']],
    ['nickName pr', []],
    ['emails pr', ['Ana', 'ben']],
    [`${ENTERPRISE}:manager pr`, []],
    ['externalId eq "ABC"', ['Ana']],
    ['externalId eq "abc"', []],
  ] as const)
    it(`compares ${filter} [R-3.4.2.2-04 R-3.4.2.2-06 R-3.4.2.2-09 R-3.4.2.2-19]`, async () => {
      expect(await found(filter)).to.deep.equal(names);
    });

  for (const [filter, names] of [
    ['emails[type eq "work" and value co "@x"]', ['Ana']],
    ['emails[type eq "work" and value co "@h"]', ['ben']],
    ['emails.type eq "work" and emails.value co "@h"', ['Ana', 'ben']],
    ['emails[not (primary eq true)]', ['Ana', 'ben']],
    ['not (emails[type eq "home"])', ['ben']],
    ['emails[type eq "work"].value eq "ana@x.org"', ['Ana']],
    ['emails co "@x"', ['Ana']],
    ['emails.value co "@x"', ['Ana']],
    ['emails.type ne "home"', ['ben']],
    ['emails ne "ana@x.org"', ['ben']],
  ] as const)
    it(`looks at elements: ${filter} [R-3.4.2.2-08 R-3.4.2.2-10 R-3.4.2.2-11 R-3.4.2.2-13 N-03]`, async () => {
      expect(await found(filter)).to.deep.equal(names);
    });

  for (const [filter, names] of [
    [`${USER}:userName eq "ana"`, ['Ana']],
    [`${USER.toUpperCase()}:NAME.givenName eq "ana"`, ['Ana']],
    [`${ENTERPRISE}:department eq "sales"`, ['Ana']],
    ['employeeNumber eq "7"', ['Ana']],
    [`schemas eq "${ENTERPRISE}"`, ['Ana']],
    [`schemas eq "${USER}"`, ['Ana', 'ben']],
    [`not (schemas eq "${ENTERPRISE}")`, ['ben']],
    ['meta.resourceType eq "User"', ['Ana', 'ben']],
    ['meta.resourceType eq "Group"', []],
    ['meta.created gt "2020-01-01T00:00:00+02:00"', ['Ana', 'ben']],
    ['meta.lastModified ge "2999-01-01T00:00:00Z"', []],
  ] as const)
    it(`knows ${filter} [R-3.4.2.2-14 R-3.4.2.2-15 R-3.4.2.2-16 R-3.4.2.2-17 R-3.3.1-01 O-06]`, async () => {
      expect(await found(filter)).to.deep.equal(names);
    });

  it('knows places, versions and instants [R-3.4.2.2-06 R-3.4.2.2-17 K-2.3.5-01 O-06]', async () => {
    const { location, version } = ana.meta;
    expect(await found(`meta.location eq "${location}"`)).to.deep.equal(['Ana']);
    expect(await found(`meta.version eq ${JSON.stringify(version)}`)).to.include('Ana');
    expect(await found(`id eq "${ana.id}"`)).to.deep.equal(['Ana']);
    expect(await found(`id eq "${ana.id.toUpperCase()}"`)).to.deep.equal([]);
    const { created } = (await subject.get(`/Users/${ana.id}`)).body.meta;
    expect(created).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const elsewhere = new Date(Date.parse(created) + 7_200_000).toISOString().replace('Z', '+02:00');
    expect(await found(`meta.created eq "${elsewhere}"`)).to.include('Ana');
  });

  it('finds groups by their members [R-3.4.2.2-18 K-4.2-05]', async () => {
    const { id } = ana;
    for (const filter of [
      `members[value eq "${id}"]`,
      `members[value eq"${id}"]`,
      `members eq "${id}"`,
      `members.value eq "${id}" and displayName eq "STAFF"`,
      `id eq "${group}" and members eq "${id}"`,
      `members[value eq "${id}" and type eq "User"]`,
    ])
      expect(await found(filter, '/Groups'), filter).to.deep.equal(['Staff']);
    expect(await found(`members[value eq "${group}"]`, '/Groups')).to.deep.equal([]);
    for (const filter of [`groups.value eq "${group}"`, `groups eq "${group}"`, 'groups.display eq "staff"'])
      expect(await found(filter), filter).to.deep.equal(['Ana']);
  });

  for (const filter of [
    ...[
      'userName',
      'userName eq',
      'userName xx "a"',
      'userName eq "a" and',
      '(userName eq "a"',
      'not userName eq "a"',
      '',
    ],
    ...['userName eq ana', "userName eq 'ana'", 'userName eq "a" userName eq "b"', 'emails[type eq "work"', 'emails[]'],
    ...[
      'emails[emails[type eq "a"]]',
      'emails[userName eq "a"]',
      'active gt true',
      'active co "t"',
      'meta.created co "2"',
    ],
    ...['x509Certificates.value gt "a"', 'name eq "x"', 'foo eq "x"', 'urn:foo:bar:x eq "1"', 'meta.created gt "then"'],
    ...['password eq "canary"', 'password pr', 'password sw "c"', `${'('.repeat(40)}title pr${')'.repeat(40)}`],
    Array.from({ length: 201 }, () => 'title pr').join(' or '),
    `title eq "${'x'.repeat(9000)}"`,
  ])
    it(`refuses ${filter.slice(0, 60)} [R-3.4.2.2-01 R-3.4.2.2-02 R-3.4.2.2-05 R-3.4.2.2-07 R-3.4.2.2-08 R-3.4.2.2-12 R-3.4.2.2-20 R-3.4.2.2-21 K-4.1-23]`, async () => {
      const text = expectError(await subject.get(`/Users${query({ filter })}`), 400, 'invalidFilter', /^filter: /);
      expect(text).to.not.contain('canary');
    });

  it('has blanks in two ways, and a plus when it is encoded [R-3.4.2.2-24]', async () => {
    await subject.user({ userName: 'a+b c' });
    for (const text of ['userName+eq+%22a%2Bb+c%22', 'userName%20eq%20%22a%2Bb%20c%22'])
      expect(await subject.names(`/Users?filter=${text}`)).to.deep.equal(['a+b c']);
  });
});
