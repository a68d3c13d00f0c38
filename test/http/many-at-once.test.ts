import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { Backend } from '../../connector/backend/backend.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';
import { scaled } from '../support/pace.ts';
import { itWithFault, type Reply, startServer, type TestServer } from '../support/start-server.ts';

/** Large lists wait until they are let go on. */
class Gated extends MemoryBackend {
  begun = 0;
  letGo: () => void = () => undefined;
  readonly #gate = new Promise<void>((resolve) => {
    this.letGo = resolve;
  });

  override async list(...args: Parameters<Backend['list']>): ReturnType<Backend['list']> {
    if (args[2].filter === undefined && args[2].limit > 500) {
      this.begun += 1;
      await this.#gate;
    }
    return super.list(...args);
  }
}

class Wire {
  readonly socket: Socket;
  heard = '';

  constructor(server: TestServer) {
    this.socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1' });
    this.socket.on('error', () => undefined);
    this.socket.on('data', (bytes) => {
      this.heard += bytes.toString();
    });
  }

  async say(text: string): Promise<this> {
    if (this.socket.connecting) await once(this.socket, 'connect');
    await new Promise((resolve) => this.socket.write(text, resolve));
    return this;
  }
}

const announcing = (path: string, length: number): string =>
  `POST /scim/v1${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await pause(5);
};

async function withServer(
  work: (server: TestServer, backend: Gated) => Promise<void>,
  options: { deadline?: number } = {},
): Promise<void> {
  const backend = new Gated();
  const server = await startServer({ backend, ...options });
  try {
    await work(server, backend);
  } finally {
    backend.letGo();
    await server.close();
  }
}

const BUSY = /^too many large requests at once; try again in 5 s \(ref/;

describe('many requests at once', () => {
  itWithFault('large lists have places of their own, and cheap requests pass them', () =>
    withServer(async (server, backend) => {
      const answered: Reply[] = [];
      const lists = Array.from({ length: 73 }, async () => {
        const reply = await server.request('GET', '/Users');
        answered.push(reply);
        return reply;
      });
      await until(() => answered.length === 7);
      for (const { status, headers, body } of answered) {
        expect([status, headers.get('Retry-After')]).to.deep.equal([429, '5']);
        expect(body.detail).to.match(BUSY);
      }
      const ana = await server.request('POST', '/Users', { userName: 'ana' });
      expect(ana.status).to.equal(201);
      const cheap = ['/Users?count=200', '/Users?filter=userName%20eq%20%22ana%22', `/Users/${ana.body.id}`];
      for (const path of cheap) expect((await server.request('GET', path)).status, path).to.equal(200);
      const health = server.url.replace('/scim/v1', '/healthz');
      expect((await fetch(health)).status).to.equal(200);
      expect([backend.begun, answered.length]).to.deep.equal([2, 7]);
      backend.letGo();
      const statuses = (await Promise.all(lists)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).to.have.length(66);
    }),
  );

  itWithFault('who waits too long or leaves makes room in the queue', () =>
    withServer(
      async (server, backend) => {
        const held = Array.from({ length: 2 }, () => server.request('GET', '/Users'));
        await until(() => backend.begun === 2);
        const left = await Promise.all(
          Array.from({ length: 64 }, () =>
            new Wire(server).say('GET /scim/v1/Users HTTP/1.1\r\nHost: localhost\r\n\r\n'),
          ),
        );
        while ((await server.request('GET', '/Users')).status !== 429) await pause(5);
        for (const { socket } of left) socket.destroy();
        await until(() => left.every(({ socket }) => socket.closed));
        const late = await server.request('GET', '/Users');
        expect([late.status, late.headers.get('Retry-After'), backend.begun]).to.deep.equal([429, '5', 2]);
        expect(await Promise.all(held.map(async (one) => (await one).status))).to.deep.equal([503, 503]);
      },
      { deadline: scaled(1500) },
    ),
  );

  itWithFault('large bodies are refused before they are sent', () =>
    withServer(async (server) => {
      const wires = await Promise.all(
        Array.from({ length: 19 }, () => new Wire(server).say(announcing('/Groups', 9_000_000))),
      );
      await until(() => wires.filter(({ heard }) => heard !== '').length > 1);
      await pause(50);
      const refused = wires.filter(({ heard }) => heard !== '');
      // One of them is read at a time, and sixteen wait.
      expect(refused.map(({ heard }) => heard.slice(0, 12))).to.deep.equal(['HTTP/1.1 429', 'HTTP/1.1 429']);
      expect(refused[0]?.heard).to.match(/\r\nRetry-After: 5\r\n/i);
      expect((await server.request('POST', '/Users', { userName: 'ana' })).status).to.equal(201);
      for (const { socket } of wires) socket.destroy();
    }),
  );

  itWithFault('small bodies have a bound together, and give back what they held', () =>
    withServer(async (server) => {
      const length = 255 * 1024;
      const fit = Math.floor((32 * 1024 * 1024) / length);
      const wires = await Promise.all(
        Array.from({ length: fit + 1 }, () => new Wire(server).say(announcing('/Users', length))),
      );
      await until(() => wires.some(({ heard }) => heard.includes('429')));
      await pause(50);
      expect(wires.filter(({ heard }) => heard !== '')).to.have.length(1);
      for (const { socket } of wires) socket.destroy();
      let reply = 429;
      const large = { userName: 'ana', 'urn:okta:onprem_app:1.0:user:custom': { a: 'x'.repeat(60_000) } };
      while (reply === 429) reply = (await server.request('POST', '/Users', large)).status;
      expect(reply).to.equal(201);
    }),
  );

  itWithFault('a body that does not say how long it is counts as it grows', () =>
    withServer(async (server) => {
      const head = announcing('/Groups', 0).replace('Content-Length: 0', 'Transfer-Encoding: chunked');
      const some = '{"displayName":"g","members":[';
      const more = `${' '.repeat(299_999)},`;
      const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
      const wires = await Promise.all(
        Array.from({ length: 67 }, () => new Wire(server).say(head + chunk(some) + chunk(`1${more}`))),
      );
      await until(() => wires.some(({ heard }) => heard.includes('429')));
      await pause(50);
      expect(wires.filter(({ heard }) => heard !== '')).to.have.length(1);
      for (const { socket } of wires) socket.destroy();
    }),
  );
});
