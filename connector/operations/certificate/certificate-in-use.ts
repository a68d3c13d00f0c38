import type { Config } from '../../config/config.ts';
import type { Notices } from '../../log/notices.ts';
import { CertificateError } from '../../tls/certificate-error.ts';
import type { CertificateDescription } from '../../tls/loaded-certificate.ts';
import { type AuthorityDescription, describeAuthority } from '../../tls/own/describe-authority.ts';
import { describeServerCertificate } from '../../tls/own/server-certificate.ts';
import { readCertificate } from './read-certificate.ts';

export interface CertificateInUse {
  readonly source: Config['tls']['source'];
  readonly certificate: CertificateDescription;
  /** The one that agents have imported, when it is ours. */
  readonly authority?: AuthorityDescription;
}

const noneYet = (): CertificateError =>
  new CertificateError('there is no certificate yet: the first "serve" or "cert renew" makes one');

/** Makes nothing. @throws CertificateError there is none, or it cannot be used */
export async function certificateInUse(config: Config, notices: Notices): Promise<CertificateInUse> {
  const { state_dir, tls } = config;
  const certificate =
    tls.source === 'auto' ? describeServerCertificate(state_dir) : await readCertificate(config, notices);
  if (certificate === undefined) throw noneYet();
  return withAuthority(config, certificate);
}

export async function withAuthority(
  { state_dir, tls }: Config,
  certificate: CertificateDescription,
): Promise<CertificateInUse> {
  const authority = tls.source === 'auto' ? await describeAuthority(state_dir) : undefined;
  return { source: tls.source, certificate, ...(authority ? { authority } : {}) };
}

/** What agents have to trust. @throws CertificateError there is none of ours */
export async function authorityInUse(config: Config): Promise<AuthorityDescription> {
  requireOwn(config, 'export');
  const authority = await describeAuthority(config.state_dir);
  if (authority === undefined) throw noneYet();
  return authority;
}

/** @param verb  what cannot be done otherwise @throws CertificateError the certificate is the customer's */
export function requireOwn({ tls }: Config, verb: string): void {
  if (tls.source === 'auto') return;
  throw new CertificateError(`tls.source is "${tls.source}": there is no CA of ours to ${verb} with`);
}
