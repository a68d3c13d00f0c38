import { expect } from 'chai';
import { expectRefusal, forEachBackend, query } from '../support/for-each-backend.ts';

const CORE = 'urn:scim:schemas:core:1.0';
const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';

/** SCIM 1.1 API §3.2.2. */
forEachBackend('lists', {}, (subject) => {
  it('answers 200 with no resources when there are none', async () => {
    const { status, body, headers } = await subject.get('/Users');
    expect(status).to.equal(200);
    expect(body).to.deep.equal({ schemas: [CORE], totalResults: 0, itemsPerPage: 0, startIndex: 1, Resources: [] });
    expect(headers.get('etag')).to.equal(null);
  });

  it('shows whole resources with their own schemas, id and meta', async () => {
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

/** SCIM 1.1 API §3.2.2, §3.2.2.1, §3.2.2.3. */
forEachBackend('paging', { offer: { maxResults: 5 } }, (subject) => {
  const twelve = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];
  const seed = async (): Promise<void> => {
    for (const userName of twelve) await subject.user({ userName });
  };

  it('walks pages of 5, 5 and 2 without overlap, and beyond the end', async () => {
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

  it('caps a page at maxResults and still counts all', async () => {
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
    it(`reads ${parameters}`, async () => {
      await seed();
      expect((await subject.get(`/Users?${parameters}`)).body).to.include({ totalResults: 12, ...expected });
    });
  }

  for (const parameters of ['count=-1', 'count=x', 'count=1.5', 'startIndex=x', 'startIndex=1e1', 'count=0x10']) {
    it(`refuses ${parameters} and names the parameter`, async () => {
      expectRefusal(await subject.get(`/Users?${parameters}`), 400, /^(count|startIndex) must/);
    });
  }

  it('pages after filter and sort', async () => {
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

/** SCIM 1.1 API §3.2.2.2; Core §6.1. */
forEachBackend('sorting', {}, (subject) => {
  it('ignores case, and puts those without a value last, or first when descending', async () => {
    await subject.user({ userName: '1', title: 'B' });
    await subject.user({ userName: '2' });
    await subject.user({ userName: '3', title: 'a' });
    await subject.user({ userName: '4', title: 'C' });
    expect(await subject.names('/Users?sortBy=title')).to.deep.equal(['3', '1', '4', '2']);
    expect(await subject.names('/Users?sortBy=TITLE&sortOrder=Descending')).to.deep.equal(['2', '4', '1', '3']);
    expect(await subject.names('/Users?sortBy=title&sortOrder=')).to.deep.equal(['3', '1', '4', '2']);
    expect(await subject.names('/Users?sortOrder=descending')).to.deep.equal(['1', '2', '3', '4']);
  });

  it('takes the primary value of a plural, else the first', async () => {
    await subject.user({ userName: '1', emails: [{ value: 'z@x.org' }, { value: 'a@x.org', primary: true }] });
    await subject.user({ userName: '2', emails: [{ value: 'b@x.org' }, { value: 'A@x.org' }] });
    for (const sortBy of ['emails', 'emails.value', `${CORE}:emails`]) {
      expect(await subject.names(`/Users?sortBy=${sortBy}`)).to.deep.equal(['1', '2']);
    }
  });

  it('sorts by parts, extensions, dates and booleans', async () => {
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
    it(`refuses to sort by ${sortBy}`, async () => {
      expectRefusal(await subject.get(`/Users${query({ sortBy })}`), 400, /^sortBy: /);
    });
  }

  it('refuses an order it does not know', async () => {
    expectRefusal(await subject.get('/Users?sortBy=title&sortOrder=up'), 400, /^sortOrder must be ascending or desc/);
  });
});

/** SCIM 1.1 API §3.2.2.1. */
forEachBackend('filter and sort that are off', { offer: { filter: false, sort: false } }, (subject) => {
  it('answers 501, never unfiltered or unsorted, and says so in the configuration', async () => {
    expectRefusal(await subject.get('/Users?filter=title%20pr'), 501, /filter is switched off/);
    expectRefusal(await subject.get('/Users?sortBy=title'), 501, /sortBy is switched off/);
    const { body } = await subject.get('/ServiceProviderConfigs');
    expect([body.filter.supported, body.sort.supported]).to.deep.equal([false, false]);
    expect((await subject.get('/Users?count=1')).status).to.equal(200);
  });
});
