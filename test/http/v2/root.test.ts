import { expect } from 'chai';
import type { Page } from '../../../connector/scim/query.ts';
import { MemoryBackend } from '../../conformance/memory/memory-backend.ts';
import { isPackaged } from '../../support/cli.ts';
import { forEachBackend, query } from '../../support/for-each-backend.ts';
import { type Reply, startServer } from '../../support/start-server.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

interface Listed {
  readonly userName?: string;
  readonly displayName: string;
  readonly schemas: readonly string[];
  readonly meta: { readonly resourceType: string; readonly location: string };
}

forEachBackend('the root of SCIM 2.0', { version: '2.0', offer: { maxResults: 9 } }, (subject) => {
  const get = (parameters: Readonly<Record<string, string>>): Promise<Reply> => subject.get(`/${query(parameters)}`);
  const namesOf = (pages: readonly Reply[]): string[] =>
    pages.flatMap(({ body }) => body.Resources.map(({ userName, displayName }: Listed) => userName ?? displayName));
  const found = async (filter: string): Promise<string[]> => {
    const reply = await get({ filter });
    expect(reply.status, reply.text).to.equal(200);
    expect(reply.body.totalResults).to.equal(reply.body.Resources.length);
    return namesOf([reply]);
  };

  beforeEach(async () => {
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1)
      ids.push((await subject.user({ userName: `user${n}`, displayName: n < 2 ? 'X' : `D${n}`, title: 'odd' })).id);
    await subject.group({ displayName: 'X', members: [{ value: ids[3] }] });
    await subject.group({ displayName: 'Y' });
  });

  it('lists users and groups, each in its own words', async () => {
    const { status, body } = await subject.get('/');
    expect([status, body.totalResults, body.startIndex, body.itemsPerPage]).to.deep.equal([200, 6, 1, 6]);
    expect(body.Resources.map(({ meta }: Listed) => meta.resourceType)).to.deep.equal([
      ...['User', 'User', 'User', 'User'],
      ...['Group', 'Group'],
    ]);
    for (const { meta, schemas } of body.Resources as Listed[]) {
      expect(schemas[0]).to.match(new RegExp(`:${meta.resourceType}$`));
      expect(meta.location).to.match(new RegExp(`/v2/${meta.resourceType}s/`));
    }
  });

  it('takes an attribute that a type lacks for one without a value [R-3.4.2.1-02]', async () => {
    expect(await found('displayName eq "X"')).to.deep.equal(['user0', 'user1', 'X']);
    expect(await found('userName sw "user"')).to.deep.equal(['user0', 'user1', 'user2', 'user3']);
    expect(await found('userName eq "user0" or displayName eq "y"')).to.deep.equal(['user0', 'Y']);
    expect(await found('members pr')).to.deep.equal(['X']);
    expect(await found('title ne "odd"')).to.deep.equal(['X', 'Y']);
    expect(await found('not (userName pr)')).to.deep.equal(['X', 'Y']);
    expect(await found('emails[type eq "work" and value pr] or members[type eq "User"]')).to.deep.equal(['X']);
  });

  it('is of one type where the filter says so, and may be sorted then [R-3.4.2.1-03]', async () => {
    expect(await found('meta.resourceType eq "Group"')).to.deep.equal(['X', 'Y']);
    expect(await found('meta.resourceType eq "User" and displayName eq "X"')).to.deep.equal(['user0', 'user1']);
    expect(await found('meta.resourceType eq "Role"')).to.deep.equal([]);
    const sorted = await get({ filter: 'meta.resourceType eq "User"', sortBy: 'userName', sortOrder: 'descending' });
    expect(namesOf([sorted])).to.deep.equal(['user3', 'user2', 'user1', 'user0']);
    const refused = await get({ sortBy: 'displayName' });
    expect([refused.status, refused.body.scimType]).to.deep.equal([400, 'invalidValue']);
    expect(refused.body.detail).to.match(/^sortBy: a list of users and groups is not sorted; ask \/Users or \/Groups/);
  });

  it('refuses what no type has', async () => {
    const { status, body } = await get({ filter: 'shoeSize eq "7"' });
    expect([status, body.scimType]).to.deep.equal([400, 'invalidFilter']);
  });

  it('is paged by the index across the types', async () => {
    const names = namesOf([await subject.get('/')]);
    for (const count of [1, 2, 3, 4, 5, 6]) {
      const pages: Reply[] = [];
      for (let start = 1; start <= 6; start += count)
        pages.push(await get({ startIndex: String(start), count: String(count) }));
      expect(namesOf(pages)).to.deep.equal(names);
      for (const { body } of pages) expect(body.totalResults).to.equal(6);
    }
    const beyond = await get({ startIndex: '7', count: '3' });
    expect([beyond.body.totalResults, beyond.body.Resources]).to.deep.equal([6, []]);
    expect((await get({ count: '0' })).body).to.deep.include({ totalResults: 6, Resources: [] });
  });

  it('is walked by cursors across the types, by GET and POST', async () => {
    for (const filter of [
      'meta.created pr',
      'displayName eq "X"',
      'members pr or title pr',
      'userName pr',
      'displayName eq "none"',
    ]) {
      const names = await found(filter);
      for (const count of [1, 2, 3, 4, 5, 6]) {
        const pages: Reply[] = [];
        for (let cursor: string | undefined = ''; cursor !== undefined; cursor = pages.at(-1)?.body.nextCursor)
          pages.push(
            pages.length % 2
              ? await subject.post('/.search', { schemas: [SEARCH], filter, count, cursor })
              : await get({ filter, count: String(count), cursor }),
          );
        expect(namesOf(pages), `${filter}, ${count}`).to.deep.equal(names);
        expect(pages).to.have.length(Math.max(1, Math.ceil(names.length / count)));
        for (const { body } of pages) expect(body.totalResults).to.equal(names.length);
      }
    }
  });

  it('shows none twice and leaves none out that stays, whoever comes and goes', async () => {
    const first = await get({ count: '3', cursor: '' });
    const [gone, , last] = first.body.Resources;
    for (const { id } of [gone, last]) await subject.remove(`/Users/${id}`);
    await subject.user({ userName: 'late' });
    const pages = [first];
    for (let cursor = first.body.nextCursor; cursor !== undefined; cursor = pages.at(-1)?.body.nextCursor)
      pages.push(await get({ count: '3', cursor }));
    expect(namesOf(pages)).to.deep.equal(['user0', 'user1', 'user2', 'user3', 'late', 'X', 'Y']);
  });

  it('leaves members unread where they are not wanted', async () => {
    const { body } = await get({ filter: 'displayName eq "X"', attributes: 'displayName' });
    for (const resource of body.Resources) expect(resource).to.have.all.keys('schemas', 'id', 'displayName');
  });

  it('refuses to show too many at once to whom did not say how many [R-3.4.2.1-01]', async () => {
    for (let n = 0; n < 4; n += 1) await subject.group({ displayName: `more${n}` });
    const { status, body } = await subject.get('/');
    expect([status, body.scimType]).to.deep.equal([400, 'tooMany']);
    expect(body.detail).to.match(/^10 resources are more than the 9 of a page; narrow the filter/);
    expect((await get({ count: '100' })).body.Resources).to.have.length(9);
    expect((await get({ cursor: '' })).body.nextCursor).to.be.a('string');
    expect((await get({ filter: 'title pr' })).status).to.equal(200);
    expect((await get({ filter: 'displayName pr' })).body.scimType).to.equal('tooMany');
  });

  it('takes no cursor of another list', async () => {
    const { nextCursor } = (await subject.get('/Users?cursor=&count=1')).body;
    expect((await get({ cursor: nextCursor, count: '1' })).body.scimType).to.equal('invalidCursor');
  });

  it('is read alone', async () => {
    const { status, headers } = await subject.post('/', {});
    expect([status, headers.get('allow')]).to.deep.equal([405, 'GET, HEAD']);
  });
});

class Asked extends MemoryBackend {
  readonly lists: string[] = [];

  override list(...words: Parameters<MemoryBackend['list']>): Promise<Page> {
    const [, { plural }, { limit, cursor }] = words;
    this.lists.push(`${plural} ${limit}${cursor ? ' by cursor' : ''}`);
    return super.list(...words);
  }
}

describe('a walk through the root of SCIM 2.0', () => {
  if (isPackaged) return;

  it('counts each type once, and asks for what the page still lacks', async () => {
    const backend = new Asked();
    const server = await startServer({ backend, version: '2.0' });
    try {
      for (let n = 0; n < 5; n += 1) await server.request('POST', '/Users', { userName: `u${n}` });
      for (let n = 0; n < 3; n += 1) await server.request('POST', '/Groups', { displayName: `g${n}` });
      const asked: string[][] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        backend.lists.length = 0;
        const { body } = await server.request('GET', `/?count=2&cursor=${cursor}`);
        asked.push([...backend.lists]);
        cursor = body.nextCursor;
      }
      expect(asked).to.deep.equal([
        ['users 2 by cursor', 'groups 0'],
        ['users 2 by cursor'],
        ['users 2 by cursor', 'groups 1 by cursor'],
        ['groups 2 by cursor'],
      ]);
      backend.lists.length = 0;
      await server.request(
        'GET',
        `/${query({ filter: 'meta.resourceType eq "Group" and displayName eq "g1"', count: '5' })}`,
      );
      expect(backend.lists).to.deep.equal(['groups 5']);
      backend.lists.length = 0;
      await server.request('GET', `/${query({ filter: 'displayName eq "g1"' })}`);
      expect(backend.lists).to.deep.equal(['users 10000', 'groups 10000']);
    } finally {
      await server.close();
    }
  });
});
