import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { DirectoryOptions } from '../../../../connector/backend/ldap/connection/directory-options.ts';
import type { Directory } from '../../../../connector/backend/ldap/directory/session.ts';
import { patient, withDirectory } from '../../../support/directories/service-directory.ts';
import { MockLdapServer, result } from '../../../support/mock-ldap-server.ts';
import { scaled } from '../../../support/pace.ts';
import { afterBind, everything, failureOf, mockOptions, withMock } from './mock.ts';

const search = (directory: Directory, signal = patient()): Promise<unknown> =>
  directory.read(signal, (session) => session.search(everything));

const backOff = { first: 20, longest: 40 };

async function withTwo(
  work: (directory: Directory, first: MockLdapServer, second: MockLdapServer, log: string[]) => Promise<void>,
  more: Partial<DirectoryOptions> = {},
): Promise<void> {
  const log: string[] = [];
  const note = (text: string): void => void log.push(text);
  const first = await new MockLdapServer(afterBind((request) => result(request))).listen();
  const second = await new MockLdapServer(afterBind((request) => result(request))).listen();
  try {
    await withDirectory(
      mockOptions([first, second], { backOff, log: { info: note, warn: note }, ...more }),
      (directory) => work(directory, first, second, log),
    );
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
}

describe('several directory servers', () => {
  it('the first one does all the work while it answers', () =>
    withTwo(async (directory, first, second) => {
      await Promise.all(Array.from({ length: 50 }, () => search(directory)));
      expect([first.count('search'), second.connections]).to.deep.equal([50, 0]);
    }));

  it('the next one takes over in the middle of a call, and the first one gets the work back', () =>
    withTwo(async (directory, first, second, log) => {
      await search(directory);
      const { port } = first;
      await first.close();
      await search(directory);
      expect(second.count('search')).to.equal(1);
      await first.listen(port);
      const before = first.count('search');
      for (let attempt = 0; first.count('search') === before; attempt += 1) {
        if (attempt === 500) throw new Error('the first server is not used again');
        await pause(10);
        await search(directory);
      }
      expect(log.join('\n'))
        .to.match(/working with .* instead of/)
        .and.to.include('back to');
    }));

  it('a frozen server is left for the next one within its deadlines', () =>
    withTwo(
      async (directory, first, second) => {
        await search(directory);
        first.isSilent = true;
        await search(directory);
        expect(second.count('search')).to.equal(1);
      },
      { timeouts: { read: scaled(150), connect: scaled(150) } },
    ));

  it('with no server left a call fails at once, names each reason and says when to come back', () =>
    withTwo(
      async (directory, first, second) => {
        const urls = [first.url, second.url];
        await Promise.all([first.close(), second.close()]);
        await failureOf(search(directory));
        const failure = await failureOf(search(directory));
        for (const url of urls) expect(failure.message).to.include(`${url}: nothing listens there`);
        expect(failure.retryAfter).to.be.a('number');
      },
      { backOff: { first: 60_000, longest: 60_000 } },
    ));

  it('a single server that restarts is waited for', async () => {
    const server = await new MockLdapServer(afterBind((request) => result(request))).listen();
    const { port } = server;
    let restarted: Promise<unknown> | undefined;
    // Only after the first attempt was refused.
    const warn = (text: string): void => {
      if (text.includes('nothing listens')) restarted ??= server.listen(port);
    };
    try {
      await withDirectory(mockOptions([server], { backOff, log: { info: () => {}, warn } }), async (directory) => {
        await server.close();
        await search(directory);
        expect(restarted).to.be.a('promise');
      });
    } finally {
      await server.close();
    }
  });

  it('what only somebody can mend has no time to come back, also while the server is left alone', () =>
    withMock(
      (request) => result(request, { code: 49 }),
      async (directory) => {
        const first = await failureOf(search(directory));
        const later = await failureOf(search(directory));
        expect([first, later].map(({ message }) => message)).to.deep.equal([first.message, first.message]);
        expect([first.lasting, later.lasting, later.retryAfter]).to.deep.equal([true, true, undefined]);
      },
    ));

  for (const order of [0, 1])
    it(`one server that may come back, number ${order + 1}, is a reason to come back, whatever is wrong with the other`, async () => {
      const refusing = await new MockLdapServer((request) => result(request, { code: 49 })).listen();
      const away = await new MockLdapServer(() => undefined).listen();
      const servers = order === 0 ? [away, refusing] : [refusing, away];
      const options = mockOptions(servers, { backOff: { first: 60_000, longest: 60_000 } });
      await away.close();
      try {
        await withDirectory(options, async (directory) => {
          for (let attempt = 0; attempt < 3; attempt += 1)
            expect((await failureOf(search(directory))).lasting).to.equal(false);
        });
      } finally {
        await refusing.close();
      }
    });

  it('a refused bind names the account and where its password is set', () => {
    const bind = { kind: 'simple', dn: 'cn=scim', password: () => 'x', origin: 'the file /etc/pw' } as const;
    const refusedWith = (text: string, expected: string): Promise<void> =>
      withMock(
        (request) => result(request, { code: 49, text }),
        async (directory) => {
          expect((await failureOf(search(directory))).message).to.include(
            `the bind as cn=scim is refused: invalidCredentials (49); ${expected}`,
          );
        },
        { bind },
      );
    return Promise.all([
      refusedWith('', 'check bind_dn and its password, which comes from the file /etc/pw'),
      refusedWith(
        '80090308: LdapErr: DSID-0C09, comment: AcceptSecurityContext error, data 775, v1db1',
        'the account is locked',
      ),
    ]).then(() => undefined);
  });

  it("a person's refused bind names nobody", () =>
    withMock(
      (request) => result(request, { code: request.bytes.includes('cn=ann') ? 8 : 0 }),
      async (directory) => {
        const failure = await failureOf(directory.checkPassword(patient(), 'cn=ann', 'secret'));
        expect(failure.message)
          .to.match(/the bind is refused: strongerAuthRequired/)
          .and.not.include('ann');
      },
    ));

  it('a refused bind is not tried again at once: that locks accounts', () =>
    withMock(
      (request) => result(request, { code: 49, text: 'data 52e' }),
      async (directory, server) => {
        const first = await failureOf(search(directory));
        expect(first.message)
          .to.include('invalidCredentials (49); check bind_dn and its password')
          .and.not.include('52e');
        await Promise.all([1, 2, 3].map(() => failureOf(search(directory))));
        expect(server.count('bind')).to.equal(1);
      },
    ));
});
