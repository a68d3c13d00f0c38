/** Our own certificates on disk, in `<stateDir>/tls`. */
import type { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Notices } from '../log/notices.ts';
import { exclusively } from '../state/exclusive.ts';
import { readIfPresent, writePrivate } from '../state/private-file.ts';
import { createAuthority, issueLeaf, library } from './authority.ts';
import { CertificateError } from './certificate-error.ts';
import { describeCertificate } from './describe.ts';
import { fullName, isCertifiable, isWildcard, normalName, ownNames, unique } from './host-names.ts';
import type { CertificateDescription, Loaded } from './loaded-certificate.ts';
import { decodeConstraints, isPermitted, namesIn, type Subtree, subtreesOf } from './name-constraints.ts';
import { type CertifiedKey, formatCertifiedKey, namesOf, parseCertificates, parseCertifiedKey } from './pem.ts';
import { TLS_OPTIONS } from './tls-options.ts';

/** Where our certificates are kept, and for which names they are made besides this host's own. */
export interface OwnNames {
  readonly stateDir: string;
  readonly names?: readonly string[] | undefined;
  /** Host part of the listening address, if any. */
  readonly listenHost?: string | undefined;
}

export interface RenewOptions extends OwnNames {
  /** Also the authority: every agent must then import the new one. */
  readonly authority: boolean;
}

interface Authority extends CertifiedKey {
  readonly root: X509Certificate;
  readonly subtrees: readonly Subtree[];
}

const DAY = 86_400_000;
/** Unit: ms. */
const AUTHORITY_ENDS_SOON = 180 * DAY;
/** Renewed when no more than this share of its life is left. */
const RENEWED_AT = 1 / 3;

export interface AuthorityDescription {
  readonly file: string;
  readonly pem: string;
  readonly fingerprint256: string;
  readonly notAfter: Date;
  /** All it may sign for. */
  readonly permitted: readonly string[];
  /** For a truststore: differs for every authority, because keytool refuses an alias twice. */
  readonly alias: string;
}

const authorityFile = (stateDir: string): string => join(stateDir, 'tls', 'ca.crt');
const issuerFile = (stateDir: string): string => join(stateDir, 'tls', 'issuer.pem');
const serverFile = (stateDir: string): string => join(stateDir, 'tls', 'server.pem');

/** Whether agents may trust an authority that lies here, usable or not. */
export const hasAuthority = (stateDir: string): boolean => existsSync(issuerFile(stateDir));

/** The authority to import, once a server has been started. @throws CertificateError */
export function describeAuthority(stateDir: string): AuthorityDescription | undefined {
  const authority = readAuthority(stateDir);
  if (authority === undefined) return undefined;
  const { root, subtrees } = authority;
  const { fingerprint256, validToDate } = root;
  const alias = `scim-connector-${fingerprint256.replaceAll(':', '').slice(0, 8).toLowerCase()}`;
  return {
    file: authorityFile(stateDir),
    pem: String(root),
    fingerprint256,
    notAfter: validToDate,
    permitted: subtrees,
    alias,
  };
}

/** Our server certificate as it lies on disk, due or not; undefined before the first start. @throws CertificateError */
export function describeServerCertificate(stateDir: string): CertificateDescription | undefined {
  const text = readIfPresent(serverFile(stateDir));
  if (text === undefined) return undefined;
  const { certificate } = parseCertifiedKey(text, serverFile(stateDir));
  return { ...describeCertificate(certificate), caFile: authorityFile(stateDir) };
}

/** What is on disk if it still serves; else makes what is missing, due or for other names. @throws CertificateError */
export async function ensureServerCertificate(own: OwnNames, log: Notices, now: number): Promise<Loaded> {
  return (
    readServing(own, now) ??
    exclusively(issuerFile(own.stateDir), async () => {
      return (
        readServing(own, now) ?? make(own, readAuthority(own.stateDir) ?? (await newAuthority(own, log, now)), now)
      );
    })
  );
}

/** Replaces the certificate although it is not due. @throws CertificateError */
export async function renewServerCertificate(own: RenewOptions, log: Notices, now: number): Promise<Loaded> {
  return exclusively(issuerFile(own.stateDir), async () => {
    const kept = own.authority ? undefined : readAuthority(own.stateDir);
    return make(own, kept ?? (await newAuthority(own, log, now)), now);
  });
}

function readServing(own: OwnNames, now: number): Loaded | undefined {
  const authority = readAuthority(own.stateDir);
  const text = readIfPresent(serverFile(own.stateDir));
  if (authority === undefined || text === undefined) return undefined;
  try {
    const leaf = parseCertifiedKey(text, serverFile(own.stateDir));
    return serves(leaf.certificate, authority, own, now) ? loaded(own, leaf, authority, now) : undefined;
  } catch {
    // Ours to make again: nobody has to trust this one by itself.
    return undefined;
  }
}

function serves(leaf: X509Certificate, authority: Authority, own: OwnNames, now: number): boolean {
  const from = leaf.validFromDate.getTime();
  const until = leaf.validToDate.getTime();
  const names = new Set(namesOf(leaf));
  const wanted = leafNames(own, authority.subtrees);
  return (
    now >= from &&
    until - now > (until - from) * RENEWED_AT &&
    leaf.verify(authority.certificate.publicKey) &&
    wanted.length === names.size &&
    wanted.every((name) => names.has(name))
  );
}

async function make(own: OwnNames, authority: Authority, now: number): Promise<Loaded> {
  if (authority.certificate.validToDate.getTime() <= now)
    throw new CertificateError(renewAuthority(own, 'has expired'));
  const leaf = await issueLeaf(authority, leafNames(own, authority.subtrees), now);
  writePrivate(serverFile(own.stateDir), formatCertifiedKey(leaf, authority.certificate));
  return loaded(own, leaf, authority, now);
}

function loaded(own: OwnNames, leaf: CertifiedKey, authority: Authority, now: number): Loaded {
  const { certificate, key } = leaf;
  return {
    context: { ...TLS_OPTIONS, cert: `${certificate}${authority.certificate}`, key },
    description: { ...describeCertificate(certificate), caFile: authorityFile(own.stateDir) },
    warnings: [
      ...configured(own)
        .filter((name) => !isPermitted(authority.subtrees, name))
        .map((name) => renewAuthority(own, `was made before "${name}" was configured and must not sign for it`)),
      ...(authority.certificate.validToDate.getTime() - now < AUTHORITY_ENDS_SOON
        ? [renewAuthority(own, `ends on ${authority.certificate.validToDate.toISOString().slice(0, 10)}`)]
        : []),
    ],
  };
}

const renewAuthority = (own: OwnNames, why: string): string =>
  `the certificate authority ${authorityFile(own.stateDir)} ${why}: run "cert renew --ca" and import the new one in every agent`;

function readAuthority(stateDir: string): Authority | undefined {
  const file = issuerFile(stateDir);
  const text = readIfPresent(file);
  if (text === undefined) return undefined;
  const issuer = parseCertifiedKey(text, file);
  const subtrees = decodeConstraints(issuer.certificate.raw);
  if (subtrees === undefined) throw new CertificateError(`${file} is not ours: remove it, or run "cert renew --ca"`);
  const root = parseCertificates(text, file).at(-1) ?? issuer.certificate;
  // The public half is only a copy: brought back when it was removed or left from before a renewal.
  if (readIfPresent(authorityFile(stateDir)) !== String(root)) {
    writePrivate(authorityFile(stateDir), String(root), 0o644);
  }
  return { ...issuer, root, subtrees };
}

async function newAuthority(own: OwnNames, log: Notices, now: number): Promise<Authority> {
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

/** The names asked for. @throws CertificateError one of them can be in no certificate */
function configured(own: OwnNames): string[] {
  const listen = normalName(own.listenHost ?? '');
  const names = unique([...(own.names ?? []), ...(isWildcard(listen) ? [] : [listen])]);
  const wrong = names.find((name) => !isCertifiable(name));
  if (wrong !== undefined) {
    throw new CertificateError(`"${wrong}" can be in no certificate: write a host name or an IP address`);
  }
  return names;
}

/** All that the authority may sign for, so that a renewal never loses a name. */
const leafNames = (own: OwnNames, subtrees: readonly Subtree[]): string[] =>
  unique([...configured(own), ...ownNames(own.listenHost), ...namesIn(subtrees)]).filter((name) =>
    isPermitted(subtrees, name),
  );
