import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { startInProcess } from '../support/in-process-server.ts';
import type { TestServer } from '../support/start-server.ts';

describe('a header that means something once', () => {
  let server: TestServer;

  before(async () => {
    server = await startInProcess({ token: 'secret' });
  });
  after(() => server.close());

  /** Sends these lines as they are. */
  const answer = async (requestLine: string, lines: readonly string[]): Promise<string> => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write([requestLine, ...lines, 'Connection: close', '', ''].join('\r\n'));
    return text(socket);
  };
  const LIST = 'GET /scim/v1/Users?count=1 HTTP/1.1';
  const token = 'Authorization: Bearer secret';

  for (const [what, ...lines] of [
    ['Host', 'Host: a', 'Host: b', token],
    ['Host', 'Host: a', 'hOST: a', token],
    ['Authorization', 'Host: a', token, 'authorization: Bearer other'],
    ['Content-Type', 'Host: a', token, 'Content-Type: application/json', 'content-type: text/xml'],
    ['If-Match', 'Host: a', token, 'If-Match: "1"', 'If-Match: *'],
    ['X-HTTP-Method-Override', 'Host: a', token, 'X-HTTP-Method-Override: PUT', 'X-HTTP-Method-Override: DELETE'],
  ] as const)
    it(`is refused twice, before anything is looked at: ${lines.join(' · ')}`, async () => {
      const reply = await answer(LIST, lines);
      expect(reply).to.match(/^HTTP\/1\.1 400 /);
      expect(reply).to.contain(`the request has the header ${what} more than once; send it once`);
    });

  it('is Host in a request of HTTP/1.1, wherever it goes, and once', async () => {
    for (const path of ['/scim/v1/Users', '/healthz', '/nowhere']) {
      const line = `GET ${path} HTTP/1.1`;
      expect(await answer(line, [token])).to.match(/^HTTP\/1\.1 400 [\s\S]*the request has no Host header/);
      expect(await answer(line, ['Host: a', 'Host: a', token])).to.match(/^HTTP\/1\.1 400 /);
    }
    expect(await answer('GET /healthz HTTP/1.0', [])).to.match(/^HTTP\/1\.1 200 /);
    expect(await answer('GET /healthz HTTP/1.1', ['Host: a'])).to.match(/^HTTP\/1\.1 200 /);
  });

  it('does no harm once, and others may stand there twice', async () => {
    const lines = ['Host: a', token, 'Accept: application/json', 'Accept: */*', 'Via: 1.1 a', 'Via: 1.1 b'];
    expect(await answer(LIST, lines)).to.match(/^HTTP\/1\.1 200 /);
  });
});
