import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Book, type Entry } from '../../../../connector/operations/doctor/write/book.ts';
import { type Removal, remove, removeAll } from '../../../../connector/operations/doctor/write/removal.ts';
import { Server } from '../../../../connector/operations/doctor/write/server.ts';
import { HttpClient } from '../../../../connector/simulator/http-client.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const SCHEMAS = ['urn:scim:schemas:core:1.0'];
const NOW = (): string => new Date().toISOString();

describe('the clean-up of doctor', () => {
  const folder = temporaryFolder();
  let served: TestServer;
  let server: Server;
  let http: HttpClient;

  beforeEach(async () => {
    served = await startServer({ store: 'sqlite' });
    http = new HttpClient();
    server = new Server({ baseUrl: served.url, headers: {}, http });
  });

  afterEach(async () => {
    http.close();
    await served.close();
  });

  const create = async (userName: string): Promise<string> => {
    const reply = await served.request('POST', '/Users', { schemas: SCHEMAS, userName, name: { familyName: 'Trial' } });
    expect(reply.status).to.equal(201);
    return reply.body.id;
  };
  const statusOf = async (id: string): Promise<number> => (await served.request('GET', `/Users/${id}`)).status;
  const names = ['zz-doctor-abcdefg-a'];
  const shelf = () => ({ folder: folder.path, server: served.url });

  it('removes by the id, while the name is the reserved one', async () => {
    const id = await create('ZZ-Doctor-abcdefg-a');
    const other = await create('zz-doctor-abcdefg-ab');
    expect(await remove(server, { type: 'User', names, id })).to.deep.equal({ end: 'gone', removed: 1 });
    expect(await statusOf(id)).to.equal(404);
    expect(await statusOf(other)).to.equal(200);
  });

  it('leaves alone what has got another name, and what an id of the book never had', async () => {
    const id = await create('jane');
    const taken = await remove(server, { type: 'User', names, id });
    expect(taken).to.deep.equal({ end: 'taken over', name: 'jane' });
    expect(await statusOf(id)).to.equal(200);
  });

  it('finds by the exact name what came of a creation without a reply', async () => {
    const id = await create('zz-doctor-abcdefg-a');
    const others = [await create('zz-doctor-abcdefg'), await create('zz-doctor-hijklmn-a')];
    const entry: Entry = { type: 'User', names, asked: NOW() };
    expect(await remove(server, entry)).to.deep.equal({ end: 'gone', removed: 1 });
    expect(await statusOf(id)).to.equal(404);
    for (const other of others) expect(await statusOf(other)).to.equal(200);
  });

  it('goes on looking for a creation that may be under way, also beside one that is known', async () => {
    const asked = NOW();
    expect(await remove(server, { type: 'User', names, asked })).to.deep.equal({ end: 'in doubt' });
    const id = await create('zz-doctor-abcdefg-a');
    expect(await remove(server, { type: 'User', names, asked, id })).to.deep.equal({ end: 'in doubt' });
    const old = new Date(Date.now() - 61_000).toISOString();
    expect(await remove(server, { type: 'User', names, asked: old })).to.deep.equal({ end: 'gone', removed: 0 });
  });

  it('keeps in the book what could not be removed, and strikes the rest', async () => {
    const book = Book.begin(shelf(), served.url);
    const kept = book.plan('User', 'zz-doctor-abcdefg-b');
    const gone = book.settle(book.plan('User', 'zz-doctor-abcdefg-a'), await create('zz-doctor-abcdefg-a'));
    const ends: (readonly [Entry, Removal['end']])[] = [];
    for await (const { entry, removal } of removeAll(server, book)) ends.push([entry, removal.end]);
    expect(ends).to.deep.equal([
      [gone, 'gone'],
      [kept, 'in doubt'],
    ]);
    expect(book.entries).to.deep.equal([kept]);
    if (process.platform !== 'win32') expect(statSync(book.file).mode & 0o777).to.equal(0o600);
    book.close();
    const [again] = Book.abandoned(shelf());
    expect(again?.entries).to.deep.equal([kept]);
    again?.strike(kept);
    expect(readdirSync(folder.path)).to.deep.equal([]);
  });

  it('does not take the book of a run that lives', () => {
    const book = Book.begin(shelf(), served.url);
    book.plan('User', 'zz-doctor-abcdefg-a');
    expect(Book.abandoned(shelf())).to.deep.equal([]);
    book.close();
    expect(Book.abandoned(shelf()).map(({ file }) => file)).to.deep.equal([join(folder.path, `${book.run}.json`)]);
  });

  it('says so when the server is away', async () => {
    const away = new Server({ baseUrl: 'http://127.0.0.1:9/scim/v1', headers: {}, http });
    const removal = await remove(away, { type: 'User', names, id: '1' });
    expect(removal.end).to.equal('not now');
  });
});
