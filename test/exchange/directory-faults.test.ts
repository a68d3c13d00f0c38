import { expect } from 'chai';
import { directoryLab } from '../support/directories/directory-lab.ts';
import type { DirectoryStore } from '../support/directories/directory-store.ts';
import type { Interception } from '../support/directories/intercepted.ts';
import { peopleLdif } from '../support/directories/people.ts';
import {
  ann,
  expectAway,
  insisted,
  judge,
  PAGE,
  PEOPLE,
  page,
  ready,
  replicated,
  serving,
  until,
} from '../support/directories/served.ts';
import { scaled } from '../support/pace.ts';
import { itWithFault, type Reply } from '../support/start-server.ts';
import { TcpRelay } from '../support/tcp-relay.ts';

describe('a served directory that fails', () => {
  const server = directoryLab('openldap');
  let relay: TcpRelay;
  const through = (): NonNullable<DirectoryStore['connection']> => ({ urls: [`ldaps://localhost:${relay.port}`] });

  before(() => server.lab.load(replicated(peopleLdif(server.lab.flavour, PEOPLE))));
  beforeEach(async () => {
    relay = await new TcpRelay(server.lab.securePort).listen();
  });
  afterEach(async () => {
    await relay.close();
    if (!server.started) return;
    if (server.lab.isRunning) server.lab.thaw();
    await server.lab.start();
    if ((await server.lab.find(server.lab.flavour.people, '(uid=ann)', '1.1')).includes('uid=ann'))
      await server.lab.apply(`dn: uid=ann,${server.lab.flavour.people}\nchangetype: delete\n`);
  });

  /** Sends a request that reaches the server and is not answered: it is stopped before, and killed then. */
  async function killedDuring(request: () => Promise<Reply>): Promise<Reply> {
    await server.lab.freeze();
    const before = relay.sent.length;
    const reply = request();
    await until(() => relay.sent.length > before);
    await server.lab.kill();
    return reply;
  }

  for (const at of [0, 1])
    it(`kill -9 in page ${at + 1} of an import: an error or the whole page, and the import can go on`, () =>
      serving(server.lab, { connection: through() }, async (http) => {
        const all: string[] = [];
        for (const number of [0, 1, 2]) {
          if (number === at) {
            expectAway(await killedDuring(() => page(http, number)));
            expect(await ready(http)).to.equal(503);
            await server.lab.start();
          }
          all.push(...(await insisted(http, number)));
        }
        expect(new Set(all).size, 'no duplicates').to.equal(PEOPLE);
        expect(await ready(http)).to.equal(200);
      }));

  it('kill -9 and restart during a page: the page comes whole or the client is told to come back', () =>
    serving(server.lab, { connection: through() }, async (http) => {
      const first = await insisted(http, 0);
      await server.lab.freeze();
      const before = relay.sent.length;
      const reply = page(http, 1);
      await until(() => relay.sent.length > before);
      await server.lab.kill();
      await server.lab.start();
      const second = judge(await reply) ?? (await insisted(http, 1));
      expect(new Set([...first, ...second, ...(await insisted(http, 2))]).size).to.equal(PEOPLE);
    }));

  it('says 503 instead of 429 where that is configured', () =>
    serving(server.lab, { http: { passingStatus: 503 } }, async (http) => {
      await server.lab.kill();
      expectAway(await page(http, 0), /LDAP: .*nothing listens there|hung up/, 503);
    }));

  itWithFault('what somebody must mend is 503 each time, and names no time to come back', () => {
    const { dn, password } = server.lab.flavour.service;
    let current = password;
    const bind = { kind: 'simple', dn, password: () => current, origin: 'the file pw' } as const;
    return serving(server.lab, { connection: { ...through(), bind } }, async (http) => {
      await insisted(http, 0);
      current = 'wrong';
      relay.cut('end');
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const reply = await page(http, 1);
        expect(reply.status, reply.text).to.equal(503);
        expect(reply.headers.get('Retry-After')).to.equal(null);
        expect(reply.body.Errors[0].description).to.match(
          /LDAP: ldaps:\/\/localhost:\d+: the bind as cn=scim,.* is refused: invalidCredentials \(49\); check bind_dn and its password, which comes from the file pw/,
        );
      }
    });
  });

  for (const what of ['add', 'modify'] as const)
    itWithFault(
      `kill -9 after the server made the ${what}, before it said so: read again, and answered as done`,
      async () => {
        let armed = false;
        const meet: Interception = async (verb, write) => {
          if (verb === what && armed) {
            armed = false;
            relay.isMute = true;
          }
          return write();
        };
        const timeouts = { connect: scaled(20_000), total: scaled(25_000) };
        await serving(server.lab, { connection: { ...through(), timeouts }, meet }, async (http) => {
          const made = what === 'modify' ? await http.request('POST', '/Users', ann()) : undefined;
          armed = true;
          const boss = ann({ title: 'Boss' });
          const reply = made
            ? http.request('PUT', `/Users/${made.body.id}`, boss)
            : http.request('POST', '/Users', boss);
          await until(async () =>
            (await server.lab.find(server.lab.flavour.people, '(&(uid=ann)(title=Boss))', '1.1')).includes('uid=ann'),
          );
          relay.isWaiting = true;
          await server.lab.kill();
          relay.isMute = false;
          relay.cut('reset');
          await server.lab.start();
          relay.isWaiting = false;
          const { status, body } = await reply;
          expect([status, body.title]).to.deep.equal([made ? 200 : 201, 'Boss']);
          const { body: found } = await http.request('GET', `/Users?filter=${encodeURIComponent('userName eq "ann"')}`);
          expect(found.Resources).to.have.length(1);
          expect(found.Resources[0].id).to.equal(body.id);
        });
      },
    );

  it('kill -9 before the server made a person: told so, and the same request makes one', () =>
    serving(server.lab, { connection: through() }, async (http) => {
      expectAway(await killedDuring(() => http.request('POST', '/Users', ann())));
      await server.lab.start();
      let reply = await http.request('POST', '/Users', ann());
      while (reply.status === 429) reply = await http.request('POST', '/Users', ann());
      expect(reply.status, reply.text).to.equal(201);
    }));

  it('a stopped server: import and write are answered within the deadline and say what is wrong', () => {
    const short = scaled(250);
    const timeouts = { connect: short, read: short, page: short, write: scaled(10_000), total: 3 * short };
    // Long enough for the text of the backend to come first.
    return serving(
      server.lab,
      { connection: { ...through(), timeouts }, http: { deadline: scaled(20_000) } },
      async (http) => {
        const first = await insisted(http, 0);
        const { body } = await http.request('POST', '/Users', ann());
        await server.lab.freeze();
        const silence = /LDAP: .*(no answer within|no connection within|did not answer within)/;
        expectAway(await page(http, 1), silence);
        expectAway(await page(http, 0), silence);
        expectAway(await http.request('PUT', `/Users/${body.id}`, ann({ title: 'Boss' })), silence);
        expectAway(await http.request('POST', '/Users', ann({ userName: 'bob' })), silence);
        server.lab.thaw();
        const [second, third] = [await page(http, 1), await page(http, 2)].map(judge);
        expect(first).to.have.length(PAGE);
        if (second && third) expect(new Set([...first, ...second, ...third]).size).to.be.at.least(PEOPLE - 1);
      },
    );
  });

  itWithFault('a write that the server stops in is answered in time, as one that may have been made', () => {
    const total = scaled(500);
    const timeouts = { connect: scaled(250), read: scaled(250), write: scaled(10_000), total };
    let armed = false;
    const meet: Interception = async (verb, write) => {
      if (verb === 'modify' && armed) await server.lab.freeze();
      return write();
    };
    return serving(server.lab, { connection: { timeouts }, meet, http: { deadline: scaled(20_000) } }, async (http) => {
      const { body } = await http.request('POST', '/Users', ann());
      armed = true;
      const reply = await http.request('PUT', `/Users/${body.id}`, ann({ title: 'Boss' }));
      expectAway(reply, /may have been made all the same: the directory did not answer within [\d.]+ s/);
      expect(reply.text).to.include(`within ${total / 1000} s`);
    });
  });

  it('a directory that is down when the connector starts is named, with what to check', async () => {
    await server.lab.kill();
    const error = await serving(server.lab, {}, async () => undefined).catch((reason: unknown) => reason);
    expect(error)
      .to.be.an('error')
      .with.property('message')
      .that.matches(/LDAP: .*ldaps:\/\/localhost.*nothing listens/);
  });
});
