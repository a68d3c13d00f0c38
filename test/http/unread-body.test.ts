import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { startServer, type TestServer } from '../support/start-server.ts';

const MEBIBYTE = 1024 * 1024;

/** A connection that says exactly what it is told, and keeps all it hears. */
class Wire {
  readonly socket: Socket;
  heard = '';

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes) => {
      this.heard += bytes.toString('latin1');
    });
    socket.on('error', () => undefined);
  }

  static async to(server: TestServer): Promise<Wire> {
    const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1' });
    await once(socket, 'connect');
    return new Wire(socket);
  }

  async until(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.heard) && !this.socket.closed) await pause(5);
    expect(this.heard).to.match(pattern);
  }

  /** Sends chunks until the other side has had enough. Resolves to the bytes that went out. */
  async pour(): Promise<number> {
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(MEBIBYTE, 32), Buffer.from('\r\n')]);
    while (!this.socket.closed) {
      if (this.socket.write(chunk)) await pause(0);
      else await Promise.race([once(this.socket, 'drain'), once(this.socket, 'close')]).catch(() => undefined);
    }
    return this.socket.bytesWritten;
  }
}

const head = (line: string, ...headers: readonly string[]): string =>
  [`${line} HTTP/1.1`, 'Host: localhost', 'Content-Type: application/json', ...headers, '', ''].join('\r\n');
const CHUNKED = 'Transfer-Encoding: chunked';
const chunk = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);

describe('a body that is not read to its end', () => {
  let server: TestServer;

  before(async () => {
    server = await startServer({
      maxBody: MEBIBYTE,
      token: 'a-token-for-these-tests',
      offer: { bulkMaxPayload: 2048 },
    });
  });

  after(async () => server.close());

  const TOKEN = 'Authorization: Bearer a-token-for-these-tests';
  const next = head('GET /scim/v1/Users', TOKEN);

  /** What was refused, and how the refusal begins. The body goes on for as long as anybody listens. */
  const ENDLESS: readonly (readonly [title: string, head: string, status: number])[] = [
    ['no credential', head('POST /scim/v1/Users', CHUNKED), 401],
    ['no such endpoint', head('POST /scim/v1/Persons', TOKEN, CHUNKED), 404],
    ['no such path', head('POST /x', CHUNKED), 404],
    ['no such method', head('POST /scim/v1/Schemas', TOKEN, CHUNKED), 405],
    ['too large', head('POST /scim/v1/Users', TOKEN, CHUNKED), 413],
    ['too large for bulk', head('POST /scim/v1/Bulk', TOKEN, CHUNKED), 413],
    ['nothing to read', head('GET /scim/v1/Users', TOKEN, CHUNKED), 200],
    ['health', head('POST /healthz', CHUNKED), 200],
  ];

  for (const [title, begin, status] of ENDLESS) {
    it(`is let by within bounds: ${title}`, async () => {
      const wire = await Wire.to(server);
      wire.socket.write(begin);
      const sent = await wire.pour();
      expect(sent / MEBIBYTE).to.be.lessThan(60);
      expect(wire.heard)
        .to.match(new RegExp(`^HTTP/1.1 ${status} `))
        .and.match(/connection: close/i);
    });
  }

  /** Refused in the middle; then the rest comes, and the connection either goes on or says that it does not. */
  const noise = Buffer.from(Array.from({ length: 600_000 }, (_, i) => 97 + ((i * i * 31 + i) % 26)));
  const packed = gzipSync(Buffer.concat([Buffer.from('{"x":"'), noise, noise, Buffer.alloc(MEBIBYTE, 120)]));
  const GZIP = 'Content-Encoding: gzip';
  const REFUSED: readonly (readonly [title: string, head: string, body: Buffer, status: number])[] = [
    ['chunked', head('POST /scim/v1/Users', TOKEN, CHUNKED), chunk(Buffer.alloc(2 * MEBIBYTE, 32)), 413],
    ['bulk', head('POST /scim/v1/Bulk', TOKEN, CHUNKED), chunk(Buffer.alloc(100_000, 32)), 413],
    ['gzip', head('POST /scim/v1/Users', TOKEN, GZIP, `Content-Length: ${packed.length}`), packed, 413],
    ['bad gzip', head('POST /scim/v1/Users', TOKEN, GZIP, 'Content-Length: 500000'), noise.subarray(0, 500_000), 400],
    ['bad gzip, short', head('POST /scim/v1/Users', TOKEN, GZIP, 'Content-Length: 5000'), noise.subarray(0, 5000), 400],
    ['bytes behind gzip', head('POST /scim/v1/Users', TOKEN, GZIP, 'Content-Length: 400000'), behind(), 400],
  ];

  function behind(): Buffer {
    return Buffer.concat([gzipSync('{"userName":"a"}'), noise], 400_000);
  }

  for (const [title, begin, body, status] of REFUSED) {
    it(`leaves no connection that hangs: ${title}`, async () => {
      const wire = await Wire.to(server);
      // The first byte is refused, or enough of them; the last ones come when the answer is there.
      wire.socket.write(begin);
      wire.socket.write(body.subarray(0, -10));
      await wire.until(new RegExp(`^HTTP/1.1 ${status} `));
      wire.socket.write(Buffer.concat([body.subarray(-10), Buffer.from(begin.includes('chunked') ? '0\r\n\r\n' : '')]));
      wire.socket.write(next);
      if (/connection: close/i.test(wire.heard)) {
        if (!wire.socket.closed) await once(wire.socket, 'close');
      } else await wire.until(/HTTP\/1.1 200 /);
    });
  }

  it('costs no connection when it is short', async () => {
    const wire = await Wire.to(server);
    wire.socket.write(head('POST /scim/v1/Users', 'Content-Length: 2'));
    await wire.until(/^HTTP\/1.1 401 /);
    wire.socket.write(`{}${next}`);
    await wire.until(/HTTP\/1.1 200 /);
    wire.socket.destroy();
  });
});
