import { expect } from 'chai';
import { forEachBackend, query } from '../../support/for-each-backend.ts';
import type { Reply } from '../../support/start-server.ts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

forEachBackend('cursors of SCIM 2.0', { version: '2.0' }, (subject) => {
  const get = (parameters: Readonly<Record<string, string>>, path = '/Users'): Promise<Reply> =>
    subject.get(`${path}${query(parameters)}`);

  beforeEach(async () => {
    for (let n = 0; n < 12; n += 1)
      await subject.user({ userName: `user${(n * 5) % 12}`, title: n % 2 ? 'odd' : 'even', displayName: `D${n}` });
  });

  async function walked(parameters: Readonly<Record<string, string>>): Promise<Reply[]> {
    const pages: Reply[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const page = await get({ ...parameters, cursor });
      expect(page.status, page.text).to.equal(200);
      pages.push(page);
      cursor = page.body.nextCursor;
    }
    return pages;
  }
  const namesOf = (pages: readonly Reply[]): string[] =>
    pages.flatMap(({ body }) => body.Resources.map((resource: { userName: string }) => resource.userName));

  const LISTS: readonly Readonly<Record<string, string>>[] = [
    {},
    { filter: 'title eq "odd"' },
    { filter: 'not (title co "dd")', sortBy: 'userName', sortOrder: 'descending' },
    { sortBy: 'displayName', attributes: 'userName' },
    { excludedAttributes: 'groups,title' },
  ];
  for (const list of LISTS) {
    it(`walk as the index does: ${JSON.stringify(list)}`, async () => {
      const whole = await get(list);
      for (const count of ['1', '3', '4', '6', '100']) {
        const pages = await walked({ ...list, count });
        expect(namesOf(pages)).to.deep.equal(namesOf([whole]));
        // The last page says so by having none, also where it is full.
        expect(pages).to.have.length(Math.max(1, Math.ceil(whole.body.totalResults / Number(count))));
        for (const { body } of pages) {
          expect(body.totalResults).to.equal(whole.body.totalResults);
          expect(body.itemsPerPage).to.equal(body.Resources.length);
          expect(body).to.not.have.any.keys('previousCursor', 'startIndex');
          if (body.nextCursor !== undefined) expect(body.nextCursor).to.match(/^[A-Za-z0-9._~-]+$/);
        }
      }
    });
  }

  it('begin where the parameter is empty, and are not given to whom did not ask', async () => {
    const page = await subject.get('/Users?cursor&count=5');
    expect([page.body.Resources.length, page.body.itemsPerPage]).to.deep.equal([5, 5]);
    expect(page.body).to.have.property('nextCursor');
    expect((await get({ count: '5' })).body).to.not.have.property('nextCursor');
  });

  it('take as many as there are without a count, and the total alone for none', async () => {
    const whole = await get({ cursor: '' });
    expect([whole.body.Resources.length, whole.body.nextCursor]).to.deep.equal([12, undefined]);
    for (const count of ['0', '-3']) {
      const { body } = await get({ cursor: '', count });
      expect([body.totalResults, body.Resources, body.nextCursor]).to.deep.equal([12, [], undefined]);
    }
  });

  async function refused(parameters: Readonly<Record<string, string>>, scimType: string, text: RegExp, path?: string) {
    const { status, body } = await get(parameters, path);
    expect([status, body.status, body.scimType, body.schemas]).to.deep.equal([400, '400', scimType, [ERROR]]);
    expect(body.detail).to.match(text);
  }

  it('are refused when they belong to another list', async () => {
    const list = { filter: 'title pr', sortBy: 'userName', count: '3' };
    const cursor = (await get({ ...list, cursor: '' })).body.nextCursor;
    expect((await get({ ...list, cursor })).status).to.equal(200);
    for (const other of [
      { ...list, filter: 'userName pr' },
      { ...list, sortBy: 'title' },
      { ...list, sortOrder: 'descending' },
      { ...list, attributes: 'userName' },
      { ...list, excludedAttributes: 'title' },
    ])
      await refused({ ...other, cursor }, 'invalidCursor', /^cursor: it does not belong to this list/);
    await refused(
      { count: '3', cursor: (await get({ count: '3', cursor: '' })).body.nextCursor },
      'invalidCursor',
      /./,
      '/Groups',
    );
    await refused({ ...list, count: '4', cursor }, 'invalidCount', /^count must be 3, as on the first page/);
    await refused({ ...list, cursor: `${cursor.slice(0, -4)}AAAA` }, 'invalidCursor', /begin with an empty one/);
    await refused({ ...list, cursor: '12' }, 'invalidCursor', /./);
  });

  it('and a startIndex exclude each other', async () => {
    await refused({ cursor: '', startIndex: '1' }, 'invalidValue', /^startIndex and cursor exclude each other/);
  });

  it('are announced, and the index stays what is given to whom asks for neither', async () => {
    const { body } = await subject.get('/ServiceProviderConfig');
    expect(body.pagination).to.deep.equal({
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: body.filter.maxResults,
      maxPageSize: body.filter.maxResults,
      cursorTimeout: 3600,
    });
  });

  it('mean nothing to SCIM 1.1', async () => {
    const { body } = await subject.server.speaking('1.1').request('GET', '/Users?cursor=&count=5');
    expect([body.startIndex, body.itemsPerPage, body.nextCursor]).to.deep.equal([1, 5, undefined]);
  });
});
