import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { PagedResultsControl, SearchRequest, SearchResponse } from 'ldapts';
import { Wire } from '../../../../connector/backend/ldap/connection/wire.ts';
import type { Directory } from '../../../../connector/backend/ldap/directory/session.ts';
import { patient, withDirectory } from '../../../support/directories/service-directory.ts';
import { entry, MockLdapServer, result } from '../../../support/mock-ldap-server.ts';
import { afterBind, everything, failureOf, mockOptions, withMock } from './mock.ts';

const search = (directory: Directory): Promise<unknown> =>
  directory.read(patient(), (session) => session.search(everything));

const fine = afterBind((request) => result(request));

describe('the life of a directory connection', () => {
  it('nothing connects before there is work', () =>
    withMock(fine, async (_, server) => {
      await pause(5);
      expect(server.connections).to.equal(0);
    }));

  it('one connection serves work after work', () =>
    withMock(fine, async (directory, server) => {
      for (let number = 0; number < 20; number += 1) await search(directory);
      expect([server.connections, server.count('bind')]).to.deep.equal([1, 1]);
    }));

  it('ends at its greatest age', () =>
    withMock(
      fine,
      async (directory, server) => {
        await search(directory);
        await pause(10);
        await search(directory);
        expect(server.connections).to.equal(2);
      },
      { maxLifetime: 5 },
    ));

  it('is tried after a long idle time, and replaced when it does not answer', () =>
    withMock(
      afterBind((request) => (request.connection === 1 && request.id > 3 ? undefined : result(request))),
      async (directory, server) => {
        await search(directory);
        await pause(5);
        await search(directory);
        expect(server.connections).to.equal(2);
      },
      { idleCheck: 1 },
    ));

  it('a cursor that was left before its end takes its connection with it', () =>
    withMock(
      afterBind((request) =>
        Buffer.concat([entry(request, 'cn=a', { cn: ['a'] }), result(request, { cookie: 'more' })]),
      ),
      async (directory, server) => {
        for (let turn = 0; turn < 2; turn += 1) {
          await directory.cursor(patient(), async (session) => {
            for await (const page of session.pages(everything)) {
              expect(page).to.have.length(1);
              break;
            }
          });
        }
        expect(server.connections).to.equal(2);
      },
    ));

  it('a session is of no use after its work', () =>
    withMock(fine, async (directory) => {
      const kept = await directory.read(patient(), async (session) => session);
      expect((await failureOf(kept.search(everything))).message).to.include('the session has ended');
    }));

  it('a new connection asks for the password again', async () => {
    const server = await new MockLdapServer(fine).listen();
    const passwords = ['old word', 'old word', 'new word'];
    const bind = { kind: 'simple', dn: 'cn=scim', password: () => passwords.shift() ?? '' } as const;
    try {
      await withDirectory(mockOptions([server], { bind }), async (directory) => {
        await search(directory);
        server.drop();
        await search(directory);
      });
      expect(server.received.filter((bytes) => bytes.includes('new word'))).to.have.length(1);
    } finally {
      await server.close();
    }
  });
});

describe('ldapts under the connection', () => {
  const wire = async (server: MockLdapServer) => {
    const socket = connect(server.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    return { socket, wire: new Wire(socket) };
  };

  it('still has the private parts that answer with entries, result code and controls', async () => {
    const server = await new MockLdapServer(
      afterBind((request) =>
        Buffer.concat([entry(request, 'cn=a', { cn: ['a'] }), result(request, { code: 4, cookie: 'x' })]),
      ),
    ).listen();
    const one = await wire(server);
    try {
      await one.wire.bind('cn=scim', 'secret');
      const { filter } = everything;
      const response = await one.wire.send((messageId) => new SearchRequest({ messageId, filter }), 0);
      expect(response).to.be.instanceOf(SearchResponse).and.to.include({ status: 4 });
      expect(response instanceof SearchResponse && response.searchEntries).to.have.length(1);
      expect(response?.controls?.[0]).to.be.instanceOf(PagedResultsControl);
    } finally {
      one.socket.destroy();
      await server.close();
    }
  });

  it('cannot open a second connection in place of a lost one', async () => {
    const server = await new MockLdapServer(fine).listen();
    const one = await wire(server);
    try {
      await one.wire.bind('cn=scim', 'secret');
      const closed = new Promise((resolve) => one.socket.once('close', resolve));
      server.drop();
      await closed;
      const again = await one.wire.bind('cn=scim', 'secret').then(
        () => 'bound',
        (error: Error) => error.message,
      );
      expect(again).to.equal('the connection was lost');
      expect(server.connections).to.equal(1);
    } finally {
      await server.close();
    }
  });
});
