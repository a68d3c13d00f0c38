import { request } from 'node:http';
import { expect } from 'chai';
import { startServer, type TestServer } from '../support/start-server.ts';

/** `fetch` sets some of these headers itself. */
function status(url: string, headers: Record<string, string>, setHost = true): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers, setHost }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    })
      .on('error', reject)
      .end();
  });
}

describe('a connector that asks for no credential', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  it('refuses web pages, whatever they ask for', async () => {
    const page = { Origin: 'https://evil.example' };
    expect(await status(`${server.url}/Users`, page)).to.equal(403);
    expect((await server.request('POST', '/Users', { userName: 'x' }, page)).status).to.equal(403);
  });

  it('refuses names that were rebound to this host', async () => {
    expect(await status(`${server.url}/Users`, { Host: 'evil.example:8443' })).to.equal(403);
  });

  it('answers programs on this host by any of its names', async () => {
    for (const host of ['localhost', 'idm01', 'LOCALHOST:8443', '127.0.0.1:1', '[::1]:8443'])
      expect(await status(`${server.url}/Users`, { Host: host }), host).to.equal(200);
    expect(await status(`${server.url}/Users`, {}, false), 'a request without Host').to.equal(400);
  });
});

describe('a connector with credentials', () => {
  const token = 'a-token-of-some-length';
  const Authorization = `Bearer ${token}`;
  let server: TestServer;
  before(async () => {
    server = await startServer({ token });
  });
  after(() => server.close());

  it('does not care where a request comes from: the credential decides', async () => {
    const elsewhere = { Host: 'idm.corp.example', Origin: 'https://x.example' };
    expect(await status(`${server.url}/Users`, { ...elsewhere, Authorization })).to.equal(200);
    expect(await status(`${server.url}/Users`, elsewhere)).to.equal(401);
  });

  it('ignores an expectation it does not know', async () => {
    expect(await status(`${server.url}/Users`, { Authorization, Expect: 'miracles' })).to.equal(200);
  });
});
