import { expect } from 'chai';
import { expectRefusal, forEachBackend, query, type Subject } from '../support/for-each-backend.ts';

const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

const filtered = (subject: Subject, filter: string): Promise<string[]> => subject.names(`/Users${query({ filter })}`);

/** SCIM 1.1 API §1.2, §3.2.2.1; Core §3.1.5. */
forEachBackend('filters', {}, (subject) => {
  const seed = async (): Promise<{ id: string; meta: { created: string; location: string; version: string } }> => {
    const boss = await subject.user({ userName: 'boss', userType: 'Employee', active: false });
    return subject.user({
      userName: 'asilva',
      externalId: 'HR-1',
      emails: [
        { value: 'ana@example.com', type: 'work' },
        { value: 'ana@home.org', type: 'home', primary: true },
      ],
      name: { givenName: 'Ana', formatted: 'Ana "A" Silva' },
      addresses: [{ locality: 'Porto' }],
      x509Certificates: ['TUlJQw=='],
      [ENTERPRISE]: { employeeNumber: '1001', manager: { managerId: boss.id } },
    });
  };

  const finds: readonly string[] = [
    'userName eq "asilva"',
    'Username Eq "ASILVA"',
    'UrN:sCiM:ScHeMaS:cOrE:1.0:USERNAME EQ "asilva"',
    'userName sw "A"',
    'userName sw "asilva"',
    'userName co "SIL"',
    'userName lt "b"',
    'userName le "asilva"',
    'externalId eq "hr-1"',
    'emails co "example.com"',
    'emails.value eq "ana@home.org"',
    'emails pr',
    'emails.type eq "work" and emails.value co "home.org"',
    'name pr and NAME.givenname eq "ana"',
    'name.formatted eq "ana \\"a\\" \\u0053ilva"',
    'addresses.LOCALITY eq "Porto"',
    'x509Certificates eq "TUlJ Qw=="',
    'active eq true',
    'active eq "True"',
    'emails.primary eq true',
    `${ENTERPRISE}:employeeNumber eq "1001"`,
    `${ENTERPRISE}:manager.managerId pr`,
    'title pr and emails pr or userName eq "ASILVA"',
    'emails pr and (title pr or userName pr)',
    '  emails   pr   AND  userName  PR ',
    '((emails pr))',
    'email eq "ana@example.com" OR email eq "x"',
    'meta.version pr and emails pr',
  ];
  for (const filter of finds) {
    it(`finds the one by ${filter}`, async () => {
      await seed();
      expect(await filtered(subject, filter)).to.deep.equal(['asilva']);
    });
  }

  const nobody: readonly string[] = [
    'title pr',
    'title eq ""',
    'userName eq ""',
    'title lt "z"',
    'title pr and (emails pr or userName pr)',
    'x509Certificates.value eq "tUlJQw=="',
    'groups pr',
    'meta.location eq "http://elsewhere/1"',
    'urn:okta:app:1.0:user:custom:shoe eq 5',
  ];
  for (const filter of nobody) {
    it(`finds nobody by ${filter}`, async () => {
      await seed();
      expect(await filtered(subject, filter)).to.deep.equal([]);
    });
  }

  it('compares dates as instants, in every form of xsd:dateTime', async () => {
    const { meta } = await seed();
    const at = Date.parse(meta.created);
    const zoned = new Date(at + 7_200_000).toISOString().replace('Z', '+02:00');
    for (const text of [meta.created, zoned, meta.created.replace('Z', ''), meta.created.replace('Z', '999Z')]) {
      expect(await filtered(subject, `meta.created ge "${text}"`), text).to.include('asilva');
      expect(await filtered(subject, `meta.created gt "${text}"`), text).to.not.include('asilva');
      expect(await filtered(subject, `meta.created eq "${text}"`), text).to.include('asilva');
    }
    const raw = `/Users?filter=meta.created+eq+"${zoned}"&attributes=userName`;
    expect(await subject.names(raw)).to.include('asilva');
  });

  it('knows id, location and version', async () => {
    const { id, meta } = await seed();
    for (const filter of [
      `id eq "${id}"`,
      `meta.location eq "${meta.location}"`,
      `meta.location sw "${meta.location}"`,
      `meta.version eq "${meta.version.replaceAll('"', '\\"')}" and emails pr`,
    ]) {
      expect(await filtered(subject, filter), filter).to.deep.equal(['asilva']);
    }
    expect(await filtered(subject, 'meta.location co "/Users/"')).to.have.length(2);
  });

  it('finds groups by member, users by group', async () => {
    const { id } = await seed();
    const group = await subject.group({ displayName: 'G', members: [id] });
    await subject.group({ displayName: 'Empty' });
    for (const filter of [`members eq "${id}"`, `members.value eq "${id}"`, 'members pr', 'members.type eq "user"']) {
      expect(await subject.names(`/Groups${query({ filter })}`), filter).to.deep.equal(['G']);
    }
    expect(await filtered(subject, `groups eq "${group.id}"`)).to.deep.equal(['asilva']);
    expect(await filtered(subject, 'groups.display eq "g"')).to.deep.equal(['asilva']);
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['', /is empty/],
    ['  ', /is empty/],
    ['foo', /expected an operator, found the end at position 4/],
    ['username eq', /expected a value, found the end/],
    ['username pr "x"', /expected "and", "or" or the end, found "x"/],
    ['(', /expected an attribute name/],
    [')', /expected an attribute name/],
    ['()', /expected an attribute name/],
    ['title pr and', /expected an attribute name, found the end/],
    ['title pr userType pr', /expected "and", "or" or the end, found "userType"/],
    ['( title pr ) eq ', /found "eq"/],
    ['(title pr', /expected "\)"/],
    ["userName eq 'x'", /text needs double quotes/],
    ['userName eq x', /found "x" \(text needs double quotes\)/],
    ['userName eq null', /found "null"/],
    ['userName eq "\\a"', /not a valid JSON string/],
    ['userName eq "\\ufe"', /not a valid JSON string/],
    ['userName eq "x', /no closing quote at position 13/],
    ['userName eq "x\\', /no closing quote/],
    ['userName eq "a\tb"', /not a valid JSON string/],
    ['userName ne "x"', /operator "ne" is not supported/],
    ['userName ew "x"', /operator "ew" is not supported/],
    ['userName regex "x"', /operator "regex" is not supported/],
    ['meta.lastModified lte "2011-05-13T04:42:34Z"', /operator "lte" is not supported/],
    ['not (userName eq "x")', /operator "not" is not supported/],
    ['emails[type eq "work"]', /./],
    ['name eq "x"', /name is complex; name a part of it: name\.formatted/],
    ['addresses co "x"', /addresses is complex/],
    ['meta eq "x"', /meta is complex/],
    ['nonsense eq "x"', /User has no attribute "nonsense"/],
    ['employeeNumber eq "1"', /User has no attribute "employeeNumber"/],
    ['name.nick eq "x"', /no attribute "name\.nick"/],
    ['urn:acme:1.0:badge eq "x"', /no attribute "urn:acme:1\.0:badge"/],
    ['password eq "x"', /password cannot be searched/],
    ['password pr', /password cannot be searched/],
    ['active eq "yes"', /active eq needs true or false, found "yes"/],
    ['active eq 1', /needs true or false/],
    ['active gt false', /operator "gt" is not supported for active/],
    ['active co "t"', /operator "co" is not supported/],
    ['userName eq 5', /needs text in double quotes/],
    ['userName eq true', /needs text/],
    ['meta.created gt "yesterday"', /needs a date-time such as/],
    ['meta.created gt "2011"', /needs a date-time/],
    ['meta.created gt "2011-02-30T00:00:00Z"', /needs a date-time/],
    ['meta.created sw "2011"', /operator "sw" is not supported/],
    ['x509Certificates gt "TUlJ"', /operator "gt" is not supported/],
    [`${'('.repeat(60)}title pr${')'.repeat(60)}`, /nested parentheses/],
  ];
  for (const [filter, text] of refused) {
    it(`refuses ${filter.slice(0, 50) || 'nothing'}`, async () => {
      expectRefusal(await subject.get(`/Users${query({ filter })}`), 400, text);
    });
  }
});
