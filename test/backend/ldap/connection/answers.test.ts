import { expect } from 'chai';
import { patient } from '../../../support/directories/service-directory.ts';
import { entry, type MockRequest, result } from '../../../support/mock-ldap-server.ts';
import { afterBind, everything, failureOf, withMock } from './mock.ts';

const page = (request: MockRequest, names: readonly string[], cookie: string): Buffer =>
  Buffer.concat([...names.map((cn) => entry(request, `cn=${cn}`, { cn: [cn] })), result(request, { cookie })]);

/** Answers the n-th search with the n-th function, the last one again and again. */
const inTurn = (...answers: ((request: MockRequest) => Buffer | undefined)[]) => {
  let turn = 0;
  return afterBind((request) => {
    if (request.operation !== 'search') return undefined;
    turn += 1;
    return answers[Math.min(turn, answers.length) - 1]?.(request);
  });
};

describe('answers of a directory', () => {
  it('empty pages with a cookie do not end a search', () =>
    withMock(
      inTurn(
        (request) => page(request, ['a'], 'A'),
        (request) => page(request, [], 'B'),
        (request) => page(request, [], 'C'),
        (request) => page(request, ['b'], ''),
      ),
      async (directory) => {
        const entries = await directory.cursor(patient(), (session) => session.search(everything));
        expect(entries.map(({ dn }) => dn)).to.deep.equal(['cn=a', 'cn=b']);
      },
    ));

  it('a search whose last page fails yields nothing but the failure', () =>
    withMock(
      inTurn(
        (request) => page(request, ['a'], 'A'),
        (request) => result(request, { code: 4 }),
      ),
      async (directory) => {
        const failure = await failureOf(directory.cursor(patient(), (session) => session.search(everything)));
        expect(failure.code).to.equal(4);
        expect(failure.message).to.include("raise the service account's limit");
      },
    ));

  it('a search is never asked to end early', () =>
    withMock(
      inTurn((request) => page(request, [], '')),
      async (directory, server) => {
        await directory.read(patient(), (session) => session.search(everything));
        await directory.cursor(patient(), (session) => session.search(everything));
        const searches = server.requests.filter(({ operation }) => operation === 'search');
        expect(searches.map(({ timeLimit }) => timeLimit)).to.deep.equal([0, 0]);
      },
    ));

  it('a server that ignores paging is not believed to have sent all', () =>
    withMock(
      inTurn((request) => Buffer.concat([entry(request, 'cn=a', { cn: ['a'] }), result(request)])),
      async (directory) => {
        const failure = await failureOf(directory.cursor(patient(), (session) => session.search(everything)));
        expect(failure.message).to.include('ignored paging');
      },
    ));

  it('ranges of values are completed', () => {
    const asked: string[] = [];
    return withMock(
      afterBind((request) => {
        const [attribute = ''] = request.attributes;
        asked.push(attribute);
        const values: Readonly<Record<string, Record<string, string[]>>> = {
          member: { member: [], 'member;range=0-1': ['cn=0', 'cn=1'] },
          'member;range=2-*': { 'member;range=2-3': ['cn=2', 'cn=3'] },
          'member;range=4-*': { 'member;range=4-*': ['cn=4'] },
        };
        return Buffer.concat([entry(request, 'cn=g', values[attribute] ?? {}), result(request)]);
      }),
      async (directory) => {
        const [group] = await directory.read(patient(), (session) =>
          session.search({ ...everything, scope: 'base', attributes: ['member'] }),
        );
        expect(asked).to.deep.equal(['member', 'member;range=2-*', 'member;range=4-*']);
        expect(group?.attributes.get('member')).to.deep.equal(['cn=0', 'cn=1', 'cn=2', 'cn=3', 'cn=4']);
      },
    );
  });

  it('attributes without values are absent, and options other than ranges stay in the name', () =>
    withMock(
      afterBind((request) =>
        Buffer.concat([
          entry(request, 'cn=a', {
            Title: [],
            'cn;lang-de': ['Ä'],
            'userCertificate;binary': ['x'],
            photo: [Buffer.of(0xff)],
          }),
          result(request),
        ]),
      ),
      async (directory) => {
        const [found] = await directory.read(patient(), (session) => session.search(everything));
        expect(Object.fromEntries(found?.attributes ?? [])).to.deep.equal({
          'cn;lang-de': ['Ä'],
          usercertificate: [Buffer.from('x')],
          photo: [Buffer.of(0xff)],
        });
      },
    ));

  it('an answer that is not LDAP ends the connection instead of hanging the others', () =>
    withMock(
      afterBind((request) => {
        // An intermediate response, which ldapts cannot read.
        const odd = Buffer.from([0x30, 0x05, 0x02, 0x01, request.id, 0x79, 0x00]);
        return request.operation === 'search' ? odd : undefined;
      }),
      async (directory, server) => {
        const failures = await Promise.all(
          [1, 2, 3].map(() => failureOf(directory.read(patient(), (session) => session.search(everything)))),
        );
        expect(failures.map(({ code }) => code)).to.deep.equal([undefined, undefined, undefined]);
        expect(server.count('search')).to.be.at.most(6);
      },
    ));

  it('a search that was cut off half-way is asked again elsewhere', () => {
    let searches = 0;
    return withMock(
      afterBind((request) => {
        if (request.operation !== 'search') return undefined;
        searches += 1;
        const whole = Buffer.concat([entry(request, 'cn=a', { cn: ['a'] }), result(request)]);
        if (searches > 1) return whole;
        request.socket.end(whole.subarray(0, whole.length - 5));
        return undefined;
      }),
      async (directory, server) => {
        expect(await directory.read(patient(), (session) => session.search(everything))).to.have.length(1);
        expect(server.connections).to.equal(2);
      },
    );
  });
});
