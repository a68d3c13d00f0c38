import { randomBytes, type webcrypto, X509Certificate } from 'node:crypto';
import type { Extension } from '@peculiar/x509';
import type { CertifiedKey } from '../pem.ts';
import { encodeConstraints, NAME_CONSTRAINTS } from './name-constraints.ts';
import { newKeys, newSerial, pemOf, SIGNATURE } from './new-key.ts';
import type { Subtree } from './subtrees.ts';
import { library } from './x509-library.ts';

const DAY = 86_400_000;
/** Unit: ms. */
const AUTHORITY_LIFE = 3652 * DAY;

/** The certificate to trust, and the one below it that signs for our server. */
export interface Authority {
  readonly root: X509Certificate;
  readonly issuer: CertifiedKey;
}

/**
 * An authority that can only ever sign for `subtrees`: its root signs one issuing certificate, then its key is
 * forgotten. Two steps, because Java ignores the constraints of the certificate in its truststore (tried with
 * OpenJDK 17) and RFC 5280 §6.1 lets it; it does enforce those of certificates below.
 */
export async function createAuthority(host: string, subtrees: readonly Subtree[], now: number): Promise<Authority> {
  const x509 = await library();
  // Told apart by a number: a truststore may hold the old one and the new one side by side.
  const label = `${host.slice(0, 30)} ${randomBytes(4).toString('hex')}`;
  const [rootKeys, issuerKeys, constraints] = await Promise.all([newKeys(), newKeys(), encodeConstraints(subtrees)]);
  const sign = async (
    subject: string,
    publicKey: webcrypto.CryptoKey,
    pathLength: number,
    more: readonly Extension[] = [],
  ): Promise<X509Certificate> => {
    const made = await x509.X509CertificateGenerator.create({
      serialNumber: newSerial(),
      subject: [{ CN: [subject] }],
      issuer: [{ CN: [`scim-connector CA ${label}`] }],
      notBefore: new Date(now - DAY),
      notAfter: new Date(now + AUTHORITY_LIFE),
      signingAlgorithm: SIGNATURE,
      publicKey,
      signingKey: rootKeys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(true, pathLength, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        new x509.Extension(NAME_CONSTRAINTS, true, constraints),
        await x509.SubjectKeyIdentifierExtension.create(publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey),
        ...more,
      ],
    });
    return new X509Certificate(Buffer.from(made.rawData));
  };
  return {
    root: await sign(`scim-connector CA ${label}`, rootKeys.publicKey, 1),
    issuer: {
      certificate: await sign(`scim-connector issuer ${label}`, issuerKeys.publicKey, 0, [
        // What it signs proves a server, and nobody's mail or log-in.
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      ]),
      key: pemOf(issuerKeys.privateKey),
    },
  };
}
