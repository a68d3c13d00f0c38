import { expect } from 'chai';
import { patient, withDirectory } from '../../../support/directories/service-directory.ts';
import { MockLdapServer, result } from '../../../support/mock-ldap-server.ts';
import { afterBind, everything, failureOf, mockOptions, withMock } from './mock.ts';

const change = [{ operation: 'replace', attribute: 'title', values: ['x'] }] as const;

describe('writes to a directory', () => {
  it('one that was sent is not sent again, and says that its outcome is unknown', () =>
    withMock(
      afterBind((request) => {
        if (request.operation === 'modify') request.socket.destroy();
        return undefined;
      }),
      async (directory, server) => {
        const failure = await failureOf(directory.write(patient(), (session) => session.modify('cn=a', change)));
        expect(failure.outcomeUnknown).to.equal(true);
        expect(server.count('modify')).to.equal(1);
      },
    ));

  for (const code of [51, 52]) {
    it(`one that the server postponed with ${code} is sent again`, () => {
      let modifies = 0;
      return withMock(
        afterBind((request) => {
          if (request.operation !== 'modify') return undefined;
          modifies += 1;
          return result(request, { code: modifies === 1 ? code : 0 });
        }),
        async (directory) => {
          await directory.write(patient(), (session) => session.modify('cn=a', change));
          expect(modifies).to.equal(2);
        },
      );
    });
  }

  it('nothing is repeated after a change that was confirmed', () =>
    withMock(
      afterBind((request) => result(request, { code: request.operation === 'delete' ? 51 : 0 })),
      async (directory, server) => {
        const failure = await failureOf(
          directory.write(patient(), async (session) => {
            await session.modify('cn=a', change);
            await session.delete('cn=b');
          }),
        );
        expect(failure.code).to.equal(51);
        expect([server.count('modify'), server.count('delete')]).to.deep.equal([1, 1]);
      },
    ));

  it('a read-only server sends the work to the next one, and everything after it too', async () => {
    const replica = await new MockLdapServer(
      afterBind((request) => result(request, { code: request.operation === 'modify' ? 10 : 0 })),
    ).listen();
    const main = await new MockLdapServer(afterBind((request) => result(request))).listen();
    try {
      await withDirectory(mockOptions([replica, main]), async (directory) => {
        await directory.read(patient(), (session) => session.search(everything));
        await directory.write(patient(), (session) => session.modify('cn=a', change));
        await directory.write(patient(), (session) => session.modify('cn=a', change));
        await directory.read(patient(), (session) => session.search(everything));
      });
      expect([replica.count('modify'), main.count('modify')]).to.deep.equal([1, 2]);
      expect([replica.count('search'), main.count('search')]).to.deep.equal([1, 1]);
    } finally {
      await Promise.all([replica.close(), main.close()]);
    }
  });

  it('read-only servers alone are named as such', () =>
    withMock(
      afterBind((request) => result(request, { code: request.operation === 'modify' ? 10 : 0 })),
      async (directory) => {
        const failure = await failureOf(directory.write(patient(), (session) => session.modify('cn=a', change)));
        expect(failure).to.include({ code: 10 });
        expect(failure.message).to.include('read-only');
        await directory.read(patient(), (session) => session.search(everything));
      },
    ));

  it('a change reaches the server whole or fails at once, where the encoder loses a byte', () =>
    withMock(
      afterBind((request) => result(request)),
      async (directory) => {
        const failures: string[] = [];
        // Around 512 KiB, where ldapts' encoder grows its buffer.
        for (let last = 905; last < 930; last += 1) {
          const values = [...Array.from({ length: 5_340 }, () => Buffer.alloc(96, 'v')), Buffer.alloc(last)];
          const modification = { operation: 'add', attribute: 'member', values } as const;
          await directory
            .write(patient(), (session) => session.modify('cn=a', [modification]))
            .catch((error: Error) => failures.push(error.message));
        }
        expect(new Set(failures)).to.deep.equal(
          new Set(['the change has a size that cannot be encoded; send it in smaller parts']),
        );
      },
    ));
});
