import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import type { Backend } from '../../connector/backend/backend.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';
import { expectRefusal } from '../support/for-each-backend.ts';
import { scaled } from '../support/pace.ts';
import { itWithFault, startServer } from '../support/start-server.ts';

/** Answers to no read before the call is given up. */
class Hanging extends MemoryBackend {
  begun = 0;
  givenUp = 0;

  override async get(call: Parameters<Backend['get']>[0]): ReturnType<Backend['get']> {
    this.begun += 1;
    await new Promise<void>((resolve) => call.signal.addEventListener('abort', () => resolve()));
    this.givenUp += 1;
    throw new Error('given up');
  }
}

describe('the deadline', () => {
  itWithFault('answers 503 in time and lets the backend stop its work', async () => {
    const backend = new Hanging();
    const deadline = scaled(100);
    const server = await startServer({ backend, deadline });
    try {
      const text = expectRefusal(
        await server.request('GET', '/Users/x'),
        503,
        /did not answer within .*; try again later/,
      );
      expect(text).to.include(`within ${deadline / 1000} s;`);
      expect(backend.givenUp).to.equal(1);
      // The bulk job stops with it: the second operation is never begun.
      const patch = { method: 'PATCH', path: '/Users/x', data: {} };
      expectRefusal(await server.request('POST', '/Bulk', { Operations: [patch, patch] }), 503);
      await server.request('GET', '/Users');
      expect([backend.begun, backend.givenUp]).to.deep.equal([2, 2]);
    } finally {
      await server.close();
    }
  });

  it('blames a client that stops in the middle of its body, not the backend', async () => {
    const server = await startServer({ deadline: 1000 });
    try {
      const unfinished = request(`${server.url}/Users`, { method: 'POST', headers: { 'Content-Length': '100' } });
      unfinished.on('error', () => undefined).write('{');
      const [response] = (await once(unfinished, 'response')) as [IncomingMessage];
      const { detail } = JSON.parse(await text(response)) as { detail: string };
      expect(detail).to.match(/^the request did not arrive whole within 1 s /);
      expect([response.statusCode, response.headers.connection]).to.deep.equal([400, 'close']);
      unfinished.destroy();
    } finally {
      await server.close();
    }
  });
});
