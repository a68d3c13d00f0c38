import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { Directory } from '../../../../connector/backend/ldap/directory/session.ts';
import { patient, withDirectory } from '../../../support/directories/service-directory.ts';
import { result } from '../../../support/mock-ldap-server.ts';
import { scaled } from '../../../support/pace.ts';
import { afterBind, everything, failureOf, mockOptions, withMock } from './mock.ts';

const search = (directory: Directory, signal = patient()): Promise<unknown> =>
  directory.read(signal, (session) => session.search(everything));

describe('a directory that does not answer', () => {
  const frozen = afterBind(() => undefined);

  it('ends a call when its caller gives up, and lets the others go on', async () => {
    let held: (() => void) | undefined;
    await withMock(
      afterBind((request) => {
        if (held) return result(request);
        held = () => request.socket.write(result(request));
        return undefined;
      }),
      async (directory, server) => {
        const caller = new AbortController();
        const given = failureOf(search(directory, caller.signal));
        while (!held) await pause(1);
        caller.abort();
        expect((await given).message).to.include('given up');
        await search(directory);
        expect(server.connections).to.equal(1);
      },
    );
  });

  it('ends every call within the total deadline', () =>
    withMock(
      frozen,
      async (directory) => {
        const failure = await failureOf(search(directory));
        expect(failure.message).to.include('within 0.05 s');
      },
      { timeouts: { total: 50 } },
    ));

  it('ends a page of a cursor within its own deadline', () =>
    withMock(
      frozen,
      async (directory) => {
        const failure = await failureOf(directory.cursor(patient(), (session) => session.search(everything)));
        expect(failure.message).to.include('no answer within 0.1 s');
      },
      { timeouts: { page: 100 } },
    ));

  it('ends the bind', () =>
    withMock(
      () => undefined,
      async (directory) => {
        expect((await failureOf(search(directory))).message).to.include('no connection within 0.05 s');
      },
      { timeouts: { connect: 50 }, backOff: { first: 60_000, longest: 60_000 } },
    ));

  it('ends StartTLS', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const url = `ldap://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    try {
      await withDirectory(
        {
          ...mockOptions([]),
          urls: [url],
          startTls: true,
          timeouts: { connect: 50 },
          backOff: { first: 60_000, longest: 60_000 },
        },
        async (directory) => {
          expect((await failureOf(search(directory))).message).to.include('no connection within 0.05 s');
        },
      );
    } finally {
      server.close();
    }
  });

  it('holds few connections however many calls wait', () =>
    withMock(
      frozen,
      async (directory, server) => {
        await Promise.all(Array.from({ length: 300 }, () => failureOf(search(directory))));
        expect(server.connections).to.equal(2);
      },
      { timeouts: { total: scaled(100) } },
    ));

  it('is closed without waiting for its answers', () =>
    withMock(frozen, async (directory, server) => {
      const failed = failureOf(search(directory));
      while (server.count('search') === 0) await pause(1);
      const closed = directory.close();
      expect((await failureOf(search(directory))).message).to.include('closed');
      server.drop();
      await failed;
      await closed;
    }));
});
