import { expect } from 'chai';
import { expectRefusal, forEachBackend, query, type Subject } from '../support/for-each-backend.ts';

const CORE = 'urn:scim:schemas:core:1.0';
const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

const filtered = (subject: Subject, filter: string): Promise<string[]> => subject.names(`/Users${query({ filter })}`);

forEachBackend('lists', {}, (subject) => {
  it('answers 200 with no resources when there are none (P-3.2.2-04, O-03)', async () => {
    const { status, body, headers } = await subject.get('/Users');
    expect(status).to.equal(200);
    expect(body).to.deep.equal({ schemas: [CORE], totalResults: 0, itemsPerPage: 0, startIndex: 1, Resources: [] });
    expect(headers.get('etag')).to.equal(null);
  });

  it('shows whole resources with their own schemas, id and meta (P-3.2.2-05, U-12)', async () => {
    const user = await subject.user({ userName: 'a', [ENTERPRISE]: { division: 'x' } });
    expect((await subject.get('/Users?foo=bar')).body.Resources).to.deep.equal([user]);
  });

  it('keeps Users and Groups apart', async () => {
    await subject.user({ userName: 'a' });
    await subject.group({ displayName: 'g' });
    expect(await subject.names('/Users')).to.deep.equal(['a']);
    expect(await subject.names('/Groups')).to.deep.equal(['g']);
  });
});

forEachBackend('paging', { offer: { maxResults: 5 } }, (subject) => {
  const twelve = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];
  const seed = async (): Promise<void> => {
    for (const userName of twelve) await subject.user({ userName });
  };

  it('walks pages of 5, 5 and 2 without overlap, and beyond the end (P-3.2.2.3-03, 04; U-09)', async () => {
    await seed();
    const seen: string[] = [];
    for (const [startIndex, size] of [
      [1, 5],
      [6, 5],
      [11, 2],
      [13, 0],
      [99, 0],
    ] as const) {
      const { body } = await subject.get(`/Users?startIndex=${startIndex}&count=5`);
      expect(body).to.include({ totalResults: 12, itemsPerPage: size, startIndex });
      seen.push(...body.Resources.map((r: { userName: string }) => r.userName));
    }
    expect(seen).to.have.members(twelve).and.have.length(12);
  });

  it('caps a page at maxResults and still counts all (P-3.2.2.1-23, P-3.2.2.3-08)', async () => {
    await seed();
    for (const path of ['/Users', '/Users?count=100', '/Users?count=99999999999999999999999']) {
      expect((await subject.get(path)).body).to.include({ totalResults: 12, itemsPerPage: 5 });
    }
  });

  for (const [parameters, expected] of [
    ['count=0', { itemsPerPage: 0, startIndex: 1 }],
    ['count=', { itemsPerPage: 5, startIndex: 1 }],
    ['startIndex=0', { itemsPerPage: 5, startIndex: 1 }],
    ['startIndex=-7', { itemsPerPage: 5, startIndex: 1 }],
    ['STARTINDEX=12&Count=3', { itemsPerPage: 1, startIndex: 12 }],
    ['count=1&count=3', { itemsPerPage: 1, startIndex: 1 }],
    ['startIndex=99999999999999999999', { itemsPerPage: 0 }],
  ] as const) {
    it(`reads ${parameters} (P-3.2.2.3-05, P-3.2.2-06)`, async () => {
      await seed();
      expect((await subject.get(`/Users?${parameters}`)).body).to.include({ totalResults: 12, ...expected });
    });
  }

  for (const parameters of ['count=-1', 'count=x', 'count=1.5', 'startIndex=x', 'startIndex=1e1', 'count=0x10']) {
    it(`refuses ${parameters} and names the parameter (P-3.2.2.3-05)`, async () => {
      expectRefusal(await subject.get(`/Users?${parameters}`), 400, /^(count|startIndex) must/);
    });
  }

  it('pages after filter and sort (P-3.2.2.3-07)', async () => {
    await seed();
    const parameters = {
      filter: 'userName gt "c"',
      sortBy: 'userName',
      sortOrder: 'descending',
      startIndex: '2',
      count: '2',
    };
    const { body } = await subject.get(`/Users${query(parameters)}`);
    expect(body).to.include({ totalResults: 9, itemsPerPage: 2, startIndex: 2 });
    expect(body.Resources.map((r: { userName: string }) => r.userName)).to.deep.equal(['k', 'j']);
  });
});

forEachBackend('sorting', {}, (subject) => {
  it('ignores case, and puts those without a value last, or first when descending (P-3.2.2.2-05, -07, -08)', async () => {
    await subject.user({ userName: '1', title: 'B' });
    await subject.user({ userName: '2' });
    await subject.user({ userName: '3', title: 'a' });
    await subject.user({ userName: '4', title: 'C' });
    expect(await subject.names('/Users?sortBy=title')).to.deep.equal(['3', '1', '4', '2']);
    expect(await subject.names('/Users?sortBy=TITLE&sortOrder=Descending')).to.deep.equal(['2', '4', '1', '3']);
    expect(await subject.names('/Users?sortBy=title&sortOrder=')).to.deep.equal(['3', '1', '4', '2']);
    expect(await subject.names('/Users?sortOrder=descending')).to.deep.equal(['1', '2', '3', '4']);
  });

  it('takes the primary value of a plural, else the first (P-3.2.2.2-03)', async () => {
    await subject.user({ userName: '1', emails: [{ value: 'z@x.org' }, { value: 'a@x.org', primary: true }] });
    await subject.user({ userName: '2', emails: [{ value: 'b@x.org' }, { value: 'A@x.org' }] });
    for (const sortBy of ['emails', 'emails.value', `${CORE}:emails`]) {
      expect(await subject.names(`/Users?sortBy=${sortBy}`)).to.deep.equal(['1', '2']);
    }
  });

  it('sorts by parts, extensions, dates and booleans (P-3.2.2.2-02, -04, -08; U-08)', async () => {
    await subject.user({ userName: 'C', active: true, name: { givenName: 'x' }, [ENTERPRISE]: { costCenter: '1' } });
    await subject.user({ userName: 'A', active: false, name: { givenName: 'Y' }, [ENTERPRISE]: { costCenter: '2' } });
    for (const [sortBy, order] of [
      [`${CORE}:userName`, ['A', 'C']],
      ['name.GIVENNAME', ['C', 'A']],
      [`${ENTERPRISE}:costCenter`, ['C', 'A']],
      ['active', ['A', 'C']],
      ['meta.created', ['C', 'A']],
    ] as const) {
      expect(await subject.names(`/Users?sortBy=${sortBy}`), sortBy).to.deep.equal(order);
    }
    expect(await subject.names('/Users?sortBy=meta.location')).to.have.length(2);
    expect(await subject.names('/Users?sortBy=groups')).to.have.length(2);
  });

  for (const sortBy of ['name', 'addresses', 'nonsense', 'password', 'meta', 'meta.attributes', 'a b', 'userName.x']) {
    it(`refuses to sort by ${sortBy} (P-3.2.2.2-04, -09; C-6.1-18c)`, async () => {
      expectRefusal(await subject.get(`/Users${query({ sortBy })}`), 400, /^sortBy: /);
    });
  }

  it('refuses an order it does not know (P-3.2.2.2-06)', async () => {
    expectRefusal(await subject.get('/Users?sortBy=title&sortOrder=up'), 400, /^sortOrder must be ascending or desc/);
  });
});

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
    it(`finds the one by ${filter} (P-3.2.2.1)`, async () => {
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
    it(`finds nobody by ${filter} (P-3.2.2.1-20, -21)`, async () => {
      await seed();
      expect(await filtered(subject, filter)).to.deep.equal([]);
    });
  }

  it('compares dates as instants, in every form of xsd:dateTime (P-3.2.2.1-09, C-3.1.5-02, P-1.2-01)', async () => {
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

  it('knows id, location and version (P-3.2.2.1-19)', async () => {
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

  it('finds groups by member, users by group (P-3.2.2.1-14, U-06)', async () => {
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
    it(`refuses ${filter.slice(0, 50) || 'nothing'} (P-3.2.2.1-03 to 18, U-31)`, async () => {
      expectRefusal(await subject.get(`/Users${query({ filter })}`), 400, text);
    });
  }
});

describe('features that are off', () => {
  forEachBackend('filter and sort', { offer: { filter: false, sort: false } }, (subject) => {
    it('answers 501, never unfiltered or unsorted, and says so in the configuration (P-3.2.2.1-01, F-56)', async () => {
      expectRefusal(await subject.get('/Users?filter=title%20pr'), 501, /filter is switched off/);
      expectRefusal(await subject.get('/Users?sortBy=title'), 501, /sortBy is switched off/);
      const { body } = await subject.get('/ServiceProviderConfigs');
      expect([body.filter.supported, body.sort.supported]).to.deep.equal([false, false]);
      expect((await subject.get('/Users?count=1')).status).to.equal(200);
    });
  });
});
