import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import * as x509 from '@peculiar/x509';

const KEYS = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export interface DatedServer {
  readonly url: string;
  /** Of its certificate, PEM: it vouches for itself. */
  readonly authority: string;
  close(): void;
}

/** Speaks TLS on localhost, and no LDAP: whoever looks at its certificate says nothing more. */
export async function datedServer(notBefore: Date, notAfter: Date): Promise<DatedServer> {
  const keys = await webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify']);
  x509.cryptoProvider.set(webcrypto);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    notBefore,
    notAfter,
    keys,
    signingAlgorithm: KEYS,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const authority = certificate.toString('pem');
  const server = createServer({
    cert: authority,
    key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
  });
  server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `ldaps://localhost:${(server.address() as AddressInfo).port}`,
    authority,
    close: () => server.close(),
  };
}
