import { expect } from 'chai';
import type { Directory } from '../../../../connector/backend/ldap/directory/session.ts';
import type { ServerStanding } from '../../../../connector/backend/ldap/directory/standing.ts';
import { ldapGauges } from '../../../../connector/backend/ldap/ldap-gauges.ts';
import { patient, withDirectory } from '../../../support/directories/service-directory.ts';
import { MockLdapServer, result } from '../../../support/mock-ldap-server.ts';
import { afterBind, everything, failureOf, mockOptions, withMock } from './mock.ts';

const search = (directory: Directory): Promise<unknown> =>
  directory.read(patient(), (session) => session.search(everything));

const servers = ({ standing }: Directory): readonly ServerStanding[] => standing?.servers ?? [];

const poolOf = (directory: Directory, wanted: string) =>
  servers(directory)[0]?.pools.find(({ name }) => name === wanted);

describe('how the servers of a directory stand', () => {
  it('is seen before anything was asked of them', () =>
    withMock(
      afterBind((request) => result(request)),
      async (directory, { url }) => {
        const idle = { busy: 0, idle: 0, opening: 0, waiting: 0 };
        expect(directory.standing).to.deep.equal({
          servers: [
            {
              url,
              usable: true,
              current: true,
              pools: ['read', 'write', 'cursor'].map((name) => ({ name, ...idle })),
              sent: {},
            },
          ],
          failovers: 0,
        });
      },
    ));

  it('tells busy from idle connections, and who waits', () =>
    withMock(
      afterBind((request) => result(request)),
      async (directory) => {
        const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
        const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
        const first = directory.cursor(patient(), async () => {
          begin();
          await held;
        });
        await begun;
        const second = directory.cursor(patient(), async () => undefined);
        // It is leased a turn after it was asked for.
        await new Promise(setImmediate);
        expect(poolOf(directory, 'cursor')).to.include({ busy: 1, waiting: 1 });
        letGo();
        await Promise.all([first, second]);
        expect(poolOf(directory, 'cursor')).to.include({ busy: 0, idle: 1, opening: 0, waiting: 0 });
      },
      { pools: { cursor: { connections: 1, sharing: 1 } } },
    ));

  it('counts what was sent, page by page, and what failed', () =>
    withMock(
      afterBind((request) => result(request, request.operation === 'add' ? { code: 50 } : { cookie: '' })),
      async (directory) => {
        await search(directory);
        await directory.cursor(patient(), async (session) => {
          for await (const _ of session.pages(everything));
        });
        await failureOf(directory.write(patient(), (session) => session.add('cn=x,dc=x', { cn: ['x'] })));
        await directory.write(patient(), (session) => session.delete('cn=y,dc=x'));
        expect(servers(directory)[0]?.sent).to.deep.equal({
          search: { done: 2, failed: 0 },
          add: { done: 0, failed: 1 },
          delete: { done: 1, failed: 0 },
        });
      },
    ));

  it('tells which server is worked with, which is left alone, and how often that changed', async () => {
    const answer = afterBind((request) => result(request));
    const [first, second] = [await new MockLdapServer(answer).listen(), await new MockLdapServer(answer).listen()];
    const urls = [first.url, second.url];
    const backOff = { first: 60_000, longest: 60_000 };
    try {
      await withDirectory(mockOptions([first, second], { backOff }), async (directory) => {
        await first.close();
        await search(directory);
        const seen = servers(directory).map(({ usable, current }) => ({ usable, current }));
        expect(seen).to.deep.equal([
          { usable: false, current: false },
          { usable: true, current: true },
        ]);
        expect(directory.standing?.failovers).to.equal(1);
        const gauges = ldapGauges(directory.standing ?? { servers: [], failovers: 0 });
        const usable = gauges.filter(({ name }) => name === 'ldap_server_usable');
        expect(usable.map(({ value, labels }) => [labels?.['server'], value])).to.deep.equal([
          [urls[0], 0],
          [urls[1], 1],
        ]);
      });
    } finally {
      await second.close();
    }
  });
});
