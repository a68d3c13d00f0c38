import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { EqualityFilter } from 'ldapts';
import { openDirectory } from '../../../../connector/backend/ldap/connection/directory.ts';
import type { DirectoryOptions } from '../../../../connector/backend/ldap/connection/directory-options.ts';
import type { Directory, Entry } from '../../../../connector/backend/ldap/directory/session.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { patient, serviceOptions, withDirectory } from '../../../support/directories/service-directory.ts';
import { MockLdapServer, result } from '../../../support/mock-ldap-server.ts';
import { TcpRelay } from '../../../support/tcp-relay.ts';
import { failureOf } from './mock.ts';

const PASSWORD = 'scim-for-tests';

describe('encryption of directory connections', () => {
  const suite = directoryLab('openldap');
  let relay: TcpRelay;

  const people = (directory: Directory): Promise<readonly Entry[]> =>
    directory.read(patient(), (session) =>
      session.search({
        base: suite.lab.flavour.people,
        scope: 'base',
        filter: new EqualityFilter({ attribute: 'objectClass', value: 'organizationalUnit' }),
        attributes: ['ou'],
      }),
    );

  const startTls = (more: Partial<DirectoryOptions> = {}): DirectoryOptions =>
    serviceOptions(suite.lab, { urls: [`ldap://localhost:${relay.port}`], startTls: true, ...more });

  beforeEach(async () => {
    relay = await new TcpRelay(suite.lab.port).listen();
  });
  afterEach(() => relay.close());

  it('StartTLS comes before the bind, and no password is ever seen on the wire', () =>
    withDirectory(startTls(), async (directory) => {
      expect(await people(directory)).to.have.length(1);
      for (const how of ['end', 'reset'] as const) {
        relay.cut(how);
        expect(await people(directory)).to.have.length(1);
      }
      expect(relay.connections).to.equal(3);
      expect(Buffer.concat(relay.sent).includes(PASSWORD)).to.equal(false);
    }));

  it('the relay would see it', () =>
    withDirectory(startTls({ startTls: false }), async (directory) => {
      await people(directory);
      expect(Buffer.concat(relay.sent).includes(PASSWORD)).to.equal(true);
    }));

  for (const how of ['end', 'reset'] as const) {
    it(`a search in flight when TLS over StartTLS is cut (${how}) is repeated on a new, encrypted connection`, () =>
      withDirectory(startTls({ pools: { read: { connections: 1, sharing: 64 } } }), async (directory) => {
        await people(directory);
        relay.isFrozen = true;
        const before = relay.sent.length;
        const found = Promise.all([people(directory), people(directory), people(directory)]);
        while (relay.sent.length === before) await pause(1);
        relay.isFrozen = false;
        relay.cut(how);
        expect((await found).map((entries) => entries.length)).to.deep.equal([1, 1, 1]);
        expect(relay.connections).to.equal(2);
        expect(Buffer.concat(relay.sent).includes(PASSWORD)).to.equal(false);
      }));
  }

  const refusals: readonly [what: string, more: () => Partial<DirectoryOptions>, text: string][] = [
    ['another authority', () => ({ trust: { kind: 'system' } }), ') is not trusted; put it into ca_file'],
    [
      'a certificate for another name',
      () => ({ servername: 'ldap.example.org' }),
      'is for another name: it has localhost, 127.0.0.1, and not ldap.example.org; use',
    ],
    ['a certificate for another address', () => ({ servername: '127.0.0.9' }), 'is for another name'],
    [
      'a certificate that is not pinned',
      () => ({ trust: { kind: 'pinned', sha256: ['00:11'] } }),
      'not the pinned one',
    ],
  ];
  for (const [what, more, text] of refusals) {
    for (const upgrade of [false, true]) {
      it(`${what} is refused before the bind, by ${upgrade ? 'StartTLS' : 'LDAPS'}`, async () => {
        const options = upgrade ? startTls(more()) : serviceOptions(suite.lab, more());
        await withDirectory(options, async (directory) => {
          const failure = await failureOf(people(directory));
          expect(failure.message).to.include(text);
          expect(failure.lasting, 'only somebody can mend it').to.equal(true);
          // While the server is left alone too.
          expect((await failureOf(people(directory))).lasting).to.equal(true);
        });
        expect(Buffer.concat(relay.sent).includes(PASSWORD)).to.equal(false);
      });
    }
  }

  it('clear text to the port that speaks TLS is told what is wrong', () =>
    withDirectory(
      serviceOptions(suite.lab, { urls: [`ldap://127.0.0.1:${suite.lab.securePort}`] }),
      async (directory) => {
        expect((await failureOf(people(directory))).message).to.match(
          /speak TLS on this port: check the port, or use ldaps/,
        );
      },
    ));

  it('TLS to the port that speaks clear text is told what is wrong', () =>
    withDirectory(serviceOptions(suite.lab, { urls: [`ldaps://127.0.0.1:${suite.lab.port}`] }), async (directory) => {
      expect((await failureOf(people(directory))).message).to.include('check the port and whether it speaks TLS there');
    }));

  it('the host of the URL is what the certificate must carry, address or name', () =>
    withDirectory(
      serviceOptions(suite.lab, { urls: [`ldaps://127.0.0.1:${suite.lab.securePort}`] }),
      async (directory) => {
        expect(await people(directory)).to.have.length(1);
      },
    ));

  it('a pinned certificate needs no authority and no name', () => {
    const certificate = new X509Certificate(readFileSync(join(suite.lab.folder, 'tls', 'server.crt')));
    const trust = { kind: 'pinned', sha256: [certificate.fingerprint256.replaceAll(':', '').toLowerCase()] } as const;
    return withDirectory(serviceOptions(suite.lab, { trust, servername: 'anything' }), async (directory) => {
      expect(await people(directory)).to.have.length(1);
    });
  });

  it('a server that refuses StartTLS gets no bind', async () => {
    const server = await new MockLdapServer((request) => result(request, { code: 2 })).listen();
    try {
      await withDirectory(startTls({ urls: [server.url] }), async (directory) => {
        expect((await failureOf(people(directory))).message).to.include('refuses StartTLS: protocolError (2)');
      });
      expect(server.count('bind')).to.equal(0);
    } finally {
      await server.close();
    }
  });

  it('what a stranger adds to the answer to StartTLS is not taken for an answer over TLS', async () => {
    const server = await new MockLdapServer((request) =>
      Buffer.concat([result(request), Buffer.from([0x30])]),
    ).listen();
    try {
      await withDirectory(startTls({ urls: [server.url] }), async (directory) => {
        expect((await failureOf(people(directory))).message).to.include('more than the answer to StartTLS');
      });
    } finally {
      await server.close();
    }
  });
});

describe('options of a directory', () => {
  const bind = { kind: 'simple', dn: 'cn=scim', password: () => 'secret' } as const;
  const refused: readonly [what: string, options: DirectoryOptions, text: string][] = [
    [
      'clear text to another host',
      { urls: ['ldap://ldap.example.com'], bind },
      'in clear text; use ldaps:// or start_tls',
    ],
    ['no URL', { urls: [], bind }, 'at least one'],
    ['another scheme', { urls: ['https://ldap.example.com'], bind }, 'must look like ldaps://host:636'],
    ['a URL with a base', { urls: ['ldaps://ldap.example.com/dc=x'], bind }, 'host and port only'],
    ['StartTLS inside TLS', { urls: ['ldaps://ldap.example.com'], startTls: true, bind }, 'remove start_tls'],
    ['an empty password', { urls: ['ldaps://a'], bind: { ...bind, password: () => '' } }, 'must not be empty'],
    ['an empty name', { urls: ['ldaps://a'], bind: { ...bind, dn: '' } }, 'must not be empty'],
    [
      'a client certificate without TLS',
      { urls: ['ldap://localhost'], bind: { kind: 'external', cert: '', key: '' } },
      'needs TLS',
    ],
  ];
  for (const [what, options, text] of refused) {
    it(`${what} is refused`, async () => {
      expect((await failureOf(openDirectory(options))).message).to.include(text);
    });
  }

  for (const url of ['ldap://localhost', 'ldap://127.3.2.1:1389', 'ldap://[::1]:389']) {
    it(`${url} stays on this host and needs no TLS`, async () => {
      await (await openDirectory({ urls: [url], bind })).close();
    });
  }

  it('clear text to another host can be asked for', async () => {
    await (await openDirectory({ urls: ['ldap://ldap.example.com'], insecure: true, bind })).close();
  });

  it('debug output of ldapts, which holds passwords, keeps a directory from opening', () => {
    const module = join(import.meta.dirname, '../../../../connector/backend/ldap/connection/directory.ts');
    const code = `
      const { openDirectory } = await import(${JSON.stringify(module)});
      const bind = { kind: 'simple', dn: 'cn=scim', password: () => 'secret' };
      await openDirectory({ urls: ['ldaps://a'], bind }).catch((error) => process.stdout.write(error.message));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      env: { ...process.env, NODE_DEBUG: 'http,ldapts' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(output).to.equal('NODE_DEBUG=ldapts prints passwords; unset it');
  });
});
