/** Makes our certificate authority and the certificates it signs. The X.509 library is loaded here, and only when called. */
import { createPrivateKey, KeyObject, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Extension } from '@peculiar/x509';
import { encodeConstraints, NAME_CONSTRAINTS, type Subtree } from './name-constraints.ts';
import type { CertifiedKey } from './pem.ts';

const EC = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The agent's clock may be behind ours. Unit: ms. */
const BACKDATED = HOUR;
/** Unit: ms. */
const AUTHORITY_LIFE = 3652 * DAY;
/** Short, since nobody has to touch it: a stolen key is worthless soon, and renewal is practised. Unit: ms. */
const LEAF_LIFE = 30 * DAY;

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
  const [rootKeys, issuerKeys] = await Promise.all([newKeys(), newKeys()]);
  const sign = async (
    subject: string,
    publicKey: webcrypto.CryptoKey,
    pathLength: number,
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
        new x509.Extension(NAME_CONSTRAINTS, true, encodeConstraints(subtrees)),
        await x509.SubjectKeyIdentifierExtension.create(publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey),
      ],
    });
    return new X509Certificate(Buffer.from(made.rawData));
  };
  return {
    root: await sign(`scim-connector CA ${label}`, rootKeys.publicKey, 1),
    issuer: {
      certificate: await sign(`scim-connector issuer ${label}`, issuerKeys.publicKey, 0),
      key: pemOf(issuerKeys.privateKey),
    },
  };
}

/** A server certificate for `names`, the first host name of which is shown as its subject. Never outlives its issuer. */
export async function issueLeaf(issuer: CertifiedKey, names: readonly string[], now: number): Promise<CertifiedKey> {
  const x509 = await library();
  const keys = await newKeys();
  const parent = new x509.X509Certificate(new Uint8Array(issuer.certificate.raw));
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    new Uint8Array(createPrivateKey(issuer.key).export({ type: 'pkcs8', format: 'der' })),
    EC,
    false,
    ['sign'],
  );
  const extensions: Extension[] = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    // Not critical, because the subject is not empty (RFC 5280 §4.2.1.6).
    new x509.SubjectAlternativeNameExtension(
      names.map((name) => ({ type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const), value: name })),
    ),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(parent.publicKey),
  ];
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: [{ CN: [(names.find((name) => isIP(name) === 0) ?? 'localhost').slice(0, 64)] }],
    issuer: parent.subject,
    notBefore: new Date(now - BACKDATED),
    notAfter: new Date(Math.min(now + LEAF_LIFE, issuer.certificate.validToDate.getTime())),
    signingAlgorithm: SIGNATURE,
    publicKey: keys.publicKey,
    signingKey,
    extensions,
  });
  return { certificate: new X509Certificate(Buffer.from(certificate.rawData)), key: pemOf(keys.privateKey) };
}

/** Loads what making certificates takes: some 100 ms, worth starting while something else is waited for. */
export async function library(): Promise<typeof import('@peculiar/x509')> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> => webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);

/** Positive and never beginning with a zero byte (RFC 5280 §4.1.2.2). */
const newSerial = (): string => {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
};

const pemOf = (key: webcrypto.CryptoKey): string =>
  KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }) as string;
