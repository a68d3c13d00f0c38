import { expect } from 'chai';
import { forEachBackend, query } from '../../support/for-each-backend.ts';
import { ENTERPRISE, expectError, LIST, USER } from '../../support/scim20.ts';

forEachBackend('a list of SCIM 2.0', { version: '2.0', offer: { maxResults: 4 } }, (subject) => {
  const people = ['eve', 'Dan', 'cy', 'ben', 'Ana'];

  beforeEach(async () => {
    for (const [i, userName] of people.entries())
      await subject.user({ userName, active: i > 0, ...(i === 1 ? {} : { title: `T${5 - i}` }), externalId: userName });
  });

  it('says how many there are, and from where [R-3.4.2-01 R-3.4.2-04 R-3.4.2-06 N-04 N-05]', async () => {
    const { body } = await subject.get('/Users?startIndex=2&count=3');
    const { Resources, ...rest } = body;
    expect(rest).to.deep.equal({ schemas: [LIST], totalResults: 5, startIndex: 2, itemsPerPage: 3 });
    expect(await subject.names('/Users?startIndex=2&count=3')).to.deep.equal(['Dan', 'cy', 'ben']);
    expect(Resources).to.have.length(3);
    expect(await subject.names('/Users?count=1')).to.deep.equal(['eve']);
  });

  for (const [path, startIndex, items] of [
    ['?startIndex=0&count=2', 1, 2],
    ['?startIndex=-7&count=2', 1, 2],
    ['?count=0', 1, 0],
    ['?count=-3', 1, 0],
    ['?startIndex=99', 99, 0],
    ['?startIndex=5', 5, 1],
    ['?count=100000', 1, 4],
    ['?count=4&nothing=known', 1, 4],
  ] as const)
    it(`has ${items} from ${startIndex} for ${path} [R-3.4.2.4-01 R-3.4.2.4-02 R-3.4.2.4-05 R-3.4.2.4-06 R-3.4.2-03 U-04]`, async () => {
      const { status, body } = await subject.get(`/Users${path}`);
      expect([status, body.totalResults, body.startIndex, body.itemsPerPage]).to.deep.equal([
        200,
        5,
        startIndex,
        items,
      ]);
      expect(body.Resources).to.have.length(items);
    });

  it('is empty where nobody is found, and never missing [R-3.4.2-02 N-02 N-04 O-21]', async () => {
    const { status, body } = await subject.get(
      `/Users${query({ filter: 'userName eq "nobody"' })}&startIndex=1&count=100`,
    );
    const nobody = { schemas: [LIST], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] };
    expect([status, body]).to.deep.equal([200, nobody]);
    expect((await subject.get('/Groups')).body).to.deep.equal(nobody);
  });

  for (const path of [
    '?count=abc',
    '?startIndex=1.5',
    '?count=1e3',
    '?sortOrder=up&sortBy=userName',
    '?sortBy=nope',
    '?sortBy=password',
    '?sortBy=name',
  ])
    it(`refuses ${path} [R-3.4.2.4-03 R-3.4.2.3-02 R-3.4.2.3-05 K-4.1-23]`, async () => {
      expectError(await subject.get(`/Users${path}`), 400, 'invalidValue');
    });

  it('is in the order that is wanted [R-3.4.2.3-01 R-3.4.2.3-02 R-3.4.2.3-03 R-3.4.2.3-04]', async () => {
    const sorted = (sortBy: string, sortOrder = ''): Promise<string[]> =>
      subject.names(`/Users${query({ sortBy, sortOrder, count: '4' })}`);
    expect(await sorted('userName')).to.deep.equal(['Ana', 'ben', 'cy', 'Dan']);
    expect(await sorted('externalId', 'ASCENDING')).to.deep.equal(['Ana', 'Dan', 'ben', 'cy']);
    expect(await sorted('userName', 'descending')).to.deep.equal(['eve', 'Dan', 'cy', 'ben']);
    expect(await sorted('title', 'descending')).to.deep.equal(['Dan', 'eve', 'cy', 'ben']);
    expect(await sorted('title')).to.deep.equal(['Ana', 'ben', 'cy', 'eve']);
    expect(await sorted('nickName')).to.deep.equal(['eve', 'Dan', 'cy', 'ben']);
  });
});

forEachBackend('a projection of SCIM 2.0', { version: '2.0' }, (subject) => {
  let id: string;
  const email = { value: 'ana@x.org', type: 'work' };

  beforeEach(async () => {
    id = (
      await subject.user({
        userName: 'ana',
        title: 'Chief',
        password: 'canary',
        name: { givenName: 'Ana', familyName: 'A' },
        emails: [email],
        [ENTERPRISE]: { department: 'Sales', employeeNumber: '7' },
      })
    ).id;
  });

  const whole = ['active', 'emails', 'id', 'meta', 'name', 'schemas', 'title', ENTERPRISE, 'userName'].sort();
  const without = (...names: readonly string[]): string[] => whole.filter((name) => !names.includes(name));

  for (const [parameters, keys] of [
    [{ attributes: 'userName' }, ['userName']],
    [{ attributes: ' TITLE , username' }, ['title', 'userName']],
    [{ attributes: `${USER}:name.givenName` }, ['name']],
    [{ attributes: 'nothing,password' }, []],
    [{ attributes: ENTERPRISE }, [ENTERPRISE]],
    [{ attributes: `${ENTERPRISE}:department` }, [ENTERPRISE]],
    [{ attributes: 'meta.version' }, ['meta']],
    [{ excludedAttributes: 'id,schemas,meta,userName' }, without('meta', 'userName')],
    [{ excludedAttributes: `emails,${ENTERPRISE}` }, without('emails', ENTERPRISE)],
    [{ excludedAttributes: 'nothing' }, whole],
    [{ attributes: '' }, whole],
  ] as const)
    it(`shows ${JSON.stringify(parameters)} [K-3.1-01 R-3.4.2.5-01 R-3.4.2.5-02 R-3.4.2.5-03 R-3.4.2.5-06 R-3.4.2.5-07 R-3.10-01]`, async () => {
      const { body } = await subject.get(`/Users/${id}${query(parameters)}`);
      const expected = keys === whole || keys.length > 3 ? keys : [...keys, 'id', 'schemas'];
      expect(Object.keys(body).sort()).to.deep.equal([...expected].sort());
      expect(body.id).to.equal(id);
      expect(body.schemas).to.deep.equal(ENTERPRISE in body ? [USER, ENTERPRISE] : [USER]);
      const list = (await subject.get(`/Users${query(parameters)}`)).body.Resources;
      expect(list).to.deep.equal([body]);
    });

  it('shows parts of each element [R-3.4.2.5-05]', async () => {
    const part = async (attributes: string): Promise<object> =>
      (await subject.get(`/Users/${id}${query({ attributes })}`)).body;
    expect(await part('emails.value')).to.deep.include({ emails: [{ value: 'ana@x.org' }] });
    expect(await part('emails')).to.deep.include({ emails: [email] });
    expect(await part('name.familyName')).to.deep.include({ name: { familyName: 'A' } });
    expect(await part(`${ENTERPRISE}:department`)).to.deep.include({ [ENTERPRISE]: { department: 'Sales' } });
  });

  it('is one or the other [R-3.4.2.5-04]', async () => {
    expectError(await subject.get(`/Users/${id}?attributes=a&excludedAttributes=b`), 400, 'invalidValue');
  });

  it('shapes every answer [R-3.3-11 R-3.5.2-08]', async () => {
    const keys = async (reply: Promise<{ readonly body: object }>): Promise<string[]> =>
      Object.keys((await reply).body).sort();
    expect(await keys(subject.post('/Users?attributes=userName', { userName: 'ben', title: 'x' }))).to.deep.equal([
      'id',
      'schemas',
      'userName',
    ]);
    expect(await keys(subject.put(`/Users/${id}?excludedAttributes=meta`, { userName: 'ana' }))).to.deep.equal(
      without('meta'),
    );
    const Operations = [{ op: 'add', path: 'nickName', value: 'A' }];
    expect(await keys(subject.patch(`/Users/${id}?attributes=nickName`, { Operations }))).to.deep.equal([
      'id',
      'nickName',
      'schemas',
    ]);
    const { id: group } = await subject.group({ displayName: 'g' });
    const joined = await subject.patch(`/Groups/${group}?excludedAttributes=members`, {
      Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }],
    });
    expect(joined.status).to.equal(200);
    expect(joined.body).to.include({ displayName: 'g' }).and.not.have.property('members');
  });

  it('leaves members out when they are not wanted [K-4.2-06 K-4.2-07 N-07]', async () => {
    const { id: group } = await subject.group({ displayName: 'g', members: [{ value: id }] });
    for (const path of [`/Groups/${group}`, `/Groups${query({ filter: 'displayName eq "g"' })}&`]) {
      const apart = path.endsWith('&') ? path : `${path}?`;
      const { body } = await subject.get(`${apart}excludedAttributes=members`);
      expect(body.Resources?.[0] ?? body)
        .to.include({ displayName: 'g' })
        .and.not.have.property('members');
      const all = (await subject.get(path)).body;
      expect((all.Resources?.[0] ?? all).members).to.have.length(1);
    }
  });

  it('of one resource takes no notice of a filter [R-3.4.2-05]', async () => {
    expect((await subject.get(`/Users/${id}?filter=nonsense`)).status).to.equal(200);
  });
});
