import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Notices } from '../../log/notices.ts';
import { exclusively } from '../../state/exclusive.ts';
import { readIfPresent, writePrivate } from '../../state/private-file.ts';
import { CertificateError } from '../certificate-error.ts';
import { describeCertificate } from '../describe-certificate.ts';
import { ownNames } from '../host-names.ts';
import type { CertificateDescription, Loaded } from '../loaded-certificate.ts';
import { type CertifiedKey, formatCertifiedKey, namesOf, parseCertifiedKey } from '../pem.ts';
import { TLS_OPTIONS } from '../tls-options.ts';
import { issueLeaf } from './issue-leaf.ts';
import { configured, leafNames, type OwnNames } from './own-names.ts';
import { followShared, type SharedAuthority, shareNew, shareRenewed } from './shared-authority.ts';
import { authorityFile, hasAuthority, issuerFile, serverFile } from './state-files.ts';
import { newAuthority, readAuthority, type StoredAuthority } from './stored-authority.ts';
import { isPermitted } from './subtrees.ts';

export interface RenewOptions extends OwnNames {
  /** Also the authority: every agent must then import the new one. */
  readonly authority: boolean;
}

export interface EnsureOptions extends OwnNames {
  /** Where there is none: `make` one, or `keep` what is served and refuse. */
  readonly authority: 'make' | 'keep';
}

const DAY = 86_400_000;
/** Unit: ms. */
const AUTHORITY_ENDS_SOON = 180 * DAY;
/** Renewed when no more than this share of its life is left. */
const RENEWED_AT = 1 / 3;

/** Our server certificate as it lies on disk, due or not; undefined before the first start. @throws CertificateError */
export function describeServerCertificate(stateDir: string): CertificateDescription | undefined {
  const text = readIfPresent(serverFile(stateDir));
  if (text === undefined) return undefined;
  const { certificate } = parseCertifiedKey(text, serverFile(stateDir));
  return { ...describeCertificate(certificate), caFile: authorityFile(stateDir) };
}

/** What is on disk if it still serves; else makes what is missing, due or for other names. @throws CertificateError */
export async function ensureServerCertificate(own: EnsureOptions, log: Notices, now: number): Promise<Loaded> {
  const { stateDir, shared } = own;
  if (shared) await follow(own, shared, log);
  const serving = await readServing(own, now);
  if (serving) return serving;
  refuseMissing(own);
  return exclusively(issuerFile(stateDir), async () => {
    const made = await readServing(own, now);
    if (made) return made;
    const authority = await readAuthority(stateDir);
    if (authority) return make(own, authority, now);
    refuseMissing(own);
    const told: string[] = [];
    const first = await newAuthority(own, { ...log, info: (text) => void told.push(text) }, now);
    // Who was not the first has another one now, and nobody is to import that which it has made.
    if (!shared || (await shareNew(stateDir, shared, log))) for (const text of told) log.info(text);
    return make(own, (await readAuthority(stateDir)) ?? first, now);
  });
}

/** Once it is served, others may be asked in vain: what is there goes on. @throws unavailable  where none is there */
async function follow(
  { stateDir, authority }: Pick<EnsureOptions, 'stateDir' | 'authority'>,
  shared: SharedAuthority,
  log: Notices,
): Promise<void> {
  try {
    await exclusively(issuerFile(stateDir), () => followShared(stateDir, shared, log));
  } catch (error) {
    if (authority === 'make') throw error;
  }
}

/** Replaces the certificate although it is not due. @throws CertificateError */
export async function renewServerCertificate(own: RenewOptions, log: Notices, now: number): Promise<Loaded> {
  const { stateDir, shared } = own;
  return exclusively(issuerFile(stateDir), async () => {
    const kept = own.authority ? undefined : await readAuthority(stateDir);
    if (kept) return make(own, kept, now);
    const before = readIfPresent(issuerFile(stateDir));
    const next = await newAuthority(own, log, now);
    if (shared) await shareRenewed(stateDir, shared, before);
    return make(own, next, now);
  });
}

/** @throws CertificateError  the authority is gone, and none is to be made */
function refuseMissing({ stateDir, authority }: EnsureOptions): void {
  if (authority === 'make' || hasAuthority(stateDir)) return;
  throw new CertificateError(
    `${issuerFile(stateDir)} is gone: restore it from a backup; after a restart there would be a new authority, to be imported in every agent`,
  );
}

async function readServing(own: OwnNames, now: number): Promise<Loaded | undefined> {
  const authority = await readAuthority(own.stateDir);
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

function serves(leaf: X509Certificate, authority: StoredAuthority, own: OwnNames, now: number): boolean {
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

async function make(own: OwnNames, authority: StoredAuthority, now: number): Promise<Loaded> {
  if (authority.certificate.validToDate.getTime() <= now)
    throw new CertificateError(renewAuthority(own, 'has expired'));
  const leaf = await issueLeaf(authority, leafNames(own, authority.subtrees), now);
  writePrivate(serverFile(own.stateDir), formatCertifiedKey(leaf, authority.certificate));
  return loaded(own, leaf, authority, now);
}

function loaded(own: OwnNames, leaf: CertifiedKey, authority: StoredAuthority, now: number): Loaded {
  const { certificate, key } = leaf;
  return {
    context: { ...TLS_OPTIONS, cert: `${certificate}${authority.certificate}`, key },
    description: { ...describeCertificate(certificate), caFile: authorityFile(own.stateDir) },
    warnings: [
      ...configured(own)
        .filter((name) => !isPermitted(authority.subtrees, name))
        .map((name) => renewAuthority(own, `was made before "${name}" was configured and must not sign for it`)),
      ...unnamed(own, authority).map(
        (name) =>
          `the certificate authority of the connectors was not made for ${name}: agents that call this one so will refuse it; name the hosts of all connectors in tls.names of each, then run "cert renew --ca" on one and import the new CA`,
      ),
      ...(authority.certificate.validToDate.getTime() - now < AUTHORITY_ENDS_SOON
        ? [renewAuthority(own, `ends on ${authority.certificate.validToDate.toISOString().slice(0, 10)}`)]
        : []),
    ],
  };
}

/** Host names of this machine for which the authority that others have made must not sign. */
const unnamed = ({ shared, listenHost }: OwnNames, { subtrees }: StoredAuthority): readonly string[] =>
  shared ? ownNames(listenHost).filter((name) => isIP(name) === 0 && !isPermitted(subtrees, name)) : [];

const renewAuthority = (own: OwnNames, why: string): string =>
  `the certificate authority ${authorityFile(own.stateDir)} ${why}: run "cert renew --ca" and import the new one in every agent`;
