import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { Backend } from '../../connector/backend/backend.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';
import { scaled } from '../support/pace.ts';
import { itWithFault, startServer } from '../support/start-server.ts';

const KIBIBYTE = 1024;

/** Has as many people as it is told, and knows how many of them have been looked at, and in which turn. */
class Crowd extends MemoryBackend {
  /** Encoded in each turn of the event loop. */
  readonly turns: number[] = [];
  #size = 0;

  constructor(size: number) {
    super();
    this.#size = size;
  }

  get encoded(): number {
    return this.turns.reduce((sum, count) => sum + count, 0);
  }

  override async list(): ReturnType<Backend['list']> {
    const { turns } = this;
    turns.push(0);
    setImmediate(function next() {
      if (turns.at(-1) !== 0) turns.push(0);
      if (turns.length < 100_000) setImmediate(next).unref();
    }).unref();
    const resources = Array.from({ length: this.#size }, (_, index) => ({
      id: `id${index}`,
      meta: { created: '2026-01-01T00:00:00Z', lastModified: '2026-01-01T00:00:00Z' },
      get attributes() {
        turns[turns.length - 1] = (turns.at(-1) ?? 0) + 1;
        return { userName: `user${index}`, title: 'x'.repeat(KIBIBYTE) };
      },
    }));
    return { total: this.#size, resources };
  }
}

/** Asks for the list and reads nothing of it. */
async function asking(url: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  socket.write('GET /scim/v1/Users HTTP/1.1\r\nHost: localhost\r\n\r\n');
  return socket;
}

async function stalls(crowd: Crowd): Promise<number> {
  for (let before = -1; crowd.encoded !== before || before === 0; ) {
    before = crowd.encoded;
    await pause(200);
  }
  return crowd.encoded;
}

describe('a long answer', () => {
  itWithFault('is made in many turns, between which others have theirs', async () => {
    const crowd = new Crowd(5000);
    const server = await startServer({ backend: crowd });
    try {
      const { body } = await server.request('GET', '/Users');
      expect(body.Resources.map(({ id }: { id: string }) => id)).to.deep.equal(
        Array.from({ length: 5000 }, (_, index) => `id${index}`),
      );
      expect(Math.max(...crowd.turns)).to.be.lessThan(400);
    } finally {
      await server.close();
    }
  });

  itWithFault('is made as fast as it is read, and cut when it is not read in time', async () => {
    const crowd = new Crowd(60_000);
    const server = await startServer({ backend: crowd, deadline: scaled(700) });
    try {
      const socket = await asking(server.url);
      const encoded = await stalls(crowd);
      expect(encoded).to.be.within(1, 40_000);
      while ((await server.lines()).length === 0) await pause(5);
      socket.resume();
      if (!socket.closed) await once(socket, 'close');
      expect(crowd.encoded).to.equal(encoded);
      const [line] = await server.lines();
      expect(line?.fields['detail']).to.match(/^the client did not read the answer within/);
    } finally {
      await server.close();
    }
  });

  itWithFault('is given up when its client leaves', async () => {
    const crowd = new Crowd(60_000);
    const server = await startServer({ backend: crowd });
    try {
      const socket = await asking(server.url);
      const encoded = await stalls(crowd);
      socket.destroy();
      while ((await server.lines()).length === 0) await pause(5);
      expect(await stalls(crowd)).to.be.within(encoded, encoded + 1000);
    } finally {
      await server.close();
    }
  });
});
