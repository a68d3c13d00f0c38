import { once } from 'node:events';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Target } from '../../connector/operations/doctor/patient.ts';
import { CustomerAuthority } from '../support/customer-authority.ts';
import { datedServer } from '../support/directories/dated-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { DeviatingServer } from './deviating/deviating-server.ts';
import { type Examined, examined } from './deviating/examined.ts';

/** TLS before a server with nothing wrong, as a proxy. */
async function proxied(options: ServerOptions): Promise<{ readonly port: number; close(): Promise<void> }> {
  const behind = new DeviatingServer();
  const origin = new URL(await behind.start()).origin;
  const server = createHttps(options, (request, response) => {
    void fetch(origin + request.url, { headers: { authorization: request.headers.authorization ?? '' } }).then(
      async (reply) => {
        const text = await reply.text();
        response.writeHead(reply.status, {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(text),
        });
        response.end(text);
      },
    );
  });
  server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await behind.close();
    },
  };
}

type Found = Omit<Examined, 'asked'>;

/** The handshake is red, and nothing else was tried. */
function expectRed({ failed, tried }: Found, text: RegExp, fix: RegExp, java: RegExp): void {
  expect(failed.map(({ name }) => name)).to.deep.equal(['tlsHandshake']);
  const [first] = failed;
  expect(first?.text).to.match(text);
  expect(`${first?.fix} ${first?.command}`).to.match(fix);
  expect(first?.okta).to.match(java);
  expect(tried.slice(1).every(({ verdict }) => verdict.status === 'skipped')).to.equal(true);
}

describe('doctor --target over TLS', () => {
  const folder = temporaryFolder();
  const headers = { Authorization: DeviatingServer.token };
  const at = (host: string, port: number, more: Partial<Target> = {}): Promise<Found> =>
    examined({ baseUrl: `https://${host}:${port}/scim/v1/`, headers, ...more });

  it('is green with the authority named, red without, and yellow when nobody looks', async () => {
    const authority = new CustomerAuthority(folder.path);
    const { cert, key } = authority.leaf();
    const server = await proxied({ cert: cert + authority.intermediate, key });
    try {
      const trusted = await at('localhost', server.port, { ca: authority.root });
      expect(trusted.failed).to.deep.equal([]);
      expect(trusted.warnings).to.deep.equal([]);
      const [, unknown, unseen] = [
        trusted,
        await at('localhost', server.port),
        await at('localhost', server.port, { isInsecure: true }),
      ];
      expectRed(unknown, /nobody this host trusts/, /--ca FILE/, /PKIX path building failed/);
      expect(unseen.failed).to.deep.equal([]);
      expect(unseen.warnings[0]).to.match(/tlsHandshake: TLS 1\.3; the certificate was not judged \(--insecure\)/);
    } finally {
      await server.close();
    }
  });

  it('is red when the certificates in between are missing', async () => {
    const authority = new CustomerAuthority(folder.path);
    const server = await proxied(authority.leaf());
    try {
      const found = await at('localhost', server.port, { ca: authority.root });
      expectRed(found, /nobody this host trusts/, /-showcerts/, /PKIX path building failed/);
    } finally {
      await server.close();
    }
  });

  it('is red for a name and for an address that the certificate lacks, in the words of Java', async () => {
    const authority = new CustomerAuthority(folder.path);
    const { cert, key } = authority.leaf({ names: 'DNS:idm01.corp.example' });
    const server = await proxied({ cert: cert + authority.intermediate, key });
    try {
      const named = await at('localhost', server.port, { ca: authority.root });
      expectRed(
        named,
        /not for localhost/,
        /subjectAltName/,
        /No subject alternative DNS name matching localhost found/,
      );
      const numbered = await at('127.0.0.1', server.port, { ca: authority.root });
      expectRed(
        numbered,
        /not for 127\.0\.0\.1/,
        /subjectAltName/,
        /No subject alternative names matching IP address 127\.0\.0\.1 found/,
      );
    } finally {
      await server.close();
    }
  });

  for (const [name, from, to, text, java] of [
    ['over', '2020-01-01', '2021-01-01', /has expired/, /PKIX path validation failed.*NotAfter/],
    ['to come', '2090-01-01', '2091-01-01', /not valid yet/, /PKIX path validation failed.*NotBefore/],
  ] as const)
    it(`is red when the time of the certificate is ${name}`, async () => {
      const { url, authority, close } = await datedServer(new Date(from), new Date(to));
      try {
        const found = await at('localhost', Number(new URL(url).port), { ca: authority });
        expectRed(found, text, /openssl x509 -noout -dates/, java);
      } finally {
        close();
      }
    });

  it('is red for https: where plain http answers, and the other way round', async () => {
    const plain = new DeviatingServer();
    const authority = new CustomerAuthority(folder.path);
    const { cert, key } = authority.leaf();
    const secure = await proxied({ cert: cert + authority.intermediate, key });
    try {
      const { port } = new URL(await plain.start());
      expectRed(
        await at('127.0.0.1', Number(port)),
        /does not speak TLS/,
        /curl -v http:/,
        /Unrecognized|Unsupported/i,
      );
      const other = await examined({ baseUrl: `http://127.0.0.1:${secure.port}/scim/v1`, headers });
      expectRed(other, /TLS is spoken at that port/, /with https:/, /http protocol is not supported/);
    } finally {
      await plain.close();
      await secure.close();
    }
  });

  it('is red for a version of TLS that is too old', async () => {
    const authority = new CustomerAuthority(folder.path);
    const { cert, key } = authority.leaf();
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const server = await proxied({ cert: cert + authority.intermediate, key, ...old });
    try {
      const found = await at('localhost', server.port, { ca: authority.root });
      expectRed(found, /no version of TLS that the agent knows/, /-tls1_2/, /protocol_version/);
    } finally {
      await server.close();
    }
  });

  it('is red where nobody listens and where nobody is known, in the words of Java', async () => {
    const gone = await proxied({});
    await gone.close();
    expectRed(
      await at('127.0.0.1', gone.port),
      /ECONNREFUSED/,
      /curl -vk https:/,
      /ConnectException: Connection refused/,
    );
    expectRed(
      await at('nobody.invalid', 443),
      /ENOTFOUND/,
      /nslookup nobody\.invalid/,
      /UnknownHostException: nobody\.invalid/,
    );
  });
});
