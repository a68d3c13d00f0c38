import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import * as x509 from '@peculiar/x509';
import { expect } from 'chai';
import { patient, withDirectory } from '../../../support/directories/service-directory.ts';
import { everything, failureOf, mockOptions } from './mock.ts';

const KEYS = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** What a directory whose certificate is valid from `notBefore` to `notAfter`, and believed, is told. */
async function toldOf(notBefore: Date, notAfter: Date): Promise<string> {
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
  const pem = certificate.toString('pem');
  const server = createServer({ cert: pem, key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n` });
  server.on('tlsClientError', () => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const urls = [`ldaps://localhost:${(server.address() as AddressInfo).port}`];
  try {
    return await withDirectory(mockOptions([], { urls, trust: { kind: 'authority', ca: pem } }), async (directory) => {
      const failure = await failureOf(directory.read(patient(), (session) => session.search(everything)));
      expect(failure.lasting).to.equal(true);
      return failure.message;
    });
  } finally {
    server.close();
  }
}

describe("a directory's certificate that is not valid now", () => {
  it('has expired, and since when', async () => {
    expect(await toldOf(new Date('2020-01-01T00:00:00Z'), new Date('2021-02-03T04:05:06Z'))).to.include(
      "the server's certificate has expired on 2021-02-03 04:05 UTC; renew it",
    );
  });

  it('is not valid before a time', async () => {
    expect(await toldOf(new Date('2090-01-02T03:04:05Z'), new Date('2091-01-01T00:00:00Z'))).to.include(
      "the server's certificate is not valid before 2090-01-02 03:04 UTC; check both clocks",
    );
  });
});
