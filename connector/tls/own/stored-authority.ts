import type { X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import type { Notices } from '../../log/notices.ts';
import { readIfPresent, writePrivate } from '../../state/private-file.ts';
import { CertificateError } from '../certificate-error.ts';
import { fullName, normalName, ownNames, unique } from '../host-names.ts';
import { type CertifiedKey, formatCertifiedKey, parseCertificates, parseCertifiedKey } from '../pem.ts';
import { createAuthority } from './create-authority.ts';
import { constraintsOf } from './name-constraints.ts';
import { configured, type OwnNames } from './own-names.ts';
import { authorityFile, issuerFile } from './state-files.ts';
import { namesIn, type Subtree, subtreesOf } from './subtrees.ts';
import { library } from './x509-library.ts';

/** The issuer that signs for our server, the root above it, and what both may sign for. */
export interface StoredAuthority extends CertifiedKey {
  readonly root: X509Certificate;
  readonly subtrees: readonly Subtree[];
}

/** Undefined before the first start. @throws CertificateError */
export async function readAuthority(stateDir: string): Promise<StoredAuthority | undefined> {
  const file = issuerFile(stateDir);
  const text = readIfPresent(file);
  if (text === undefined) return undefined;
  const issuer = parseCertifiedKey(text, file);
  const subtrees = await constraintsOf(issuer.certificate.raw);
  if (subtrees === undefined) throw new CertificateError(`${file} is not ours: remove it, or run "cert renew --ca"`);
  const root = parseCertificates(text, file).at(-1) ?? issuer.certificate;
  // The public half is only a copy: brought back when it was removed or left from before a renewal.
  if (readIfPresent(authorityFile(stateDir)) !== String(root)) {
    writePrivate(authorityFile(stateDir), String(root), 0o644);
  }
  return { ...issuer, root, subtrees };
}

/** Makes one for all names of this host, and says so: it has to be imported in every agent. */
export async function newAuthority(own: OwnNames, log: Notices, now: number): Promise<StoredAuthority> {
  const [full] = await Promise.all([fullName(), library()]);
  const subtrees = subtreesOf(unique([...configured(own), ...ownNames(own.listenHost), ...(full ? [full] : [])]));
  const { root, issuer } = await createAuthority(normalName(hostname()), subtrees, now);
  writePrivate(issuerFile(own.stateDir), formatCertifiedKey(issuer, root));
  writePrivate(authorityFile(own.stateDir), String(root), 0o644);
  log.info(
    `made a certificate authority for ${namesIn(subtrees).join(', ')}: ${authorityFile(own.stateDir)} (SHA-256 ${root.fingerprint256}), to be imported in every agent`,
  );
  return { ...issuer, root, subtrees };
}
