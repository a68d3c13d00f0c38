import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Extension } from '@peculiar/x509';
import type { CertifiedKey } from '../pem.ts';
import { EC, newKeys, newSerial, pemOf, SIGNATURE } from './new-key.ts';
import { library } from './x509-library.ts';

const HOUR = 3_600_000;
/** The agent's clock may be behind ours. Unit: ms. */
const BACKDATED = HOUR;
/** Short, since nobody has to touch it: a stolen key is worthless soon, and renewal is practised. Unit: ms. */
const LEAF_LIFE = 30 * 24 * HOUR;

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
