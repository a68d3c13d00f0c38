import type { Config } from '../../config/config.ts';
import type { Notices } from '../../log/notices.ts';
import { certificateOptions } from '../../run/certificate-options.ts';
import { renewServerCertificate } from '../../tls/own/server-certificate.ts';
import { hasAuthority } from '../../tls/own/state-files.ts';
import { type CertificateInUse, requireOwn, withAuthority } from './certificate-in-use.ts';
import { withSharedAuthority } from './own-authority.ts';

/** Whether a new authority would lock out agents. @throws CertificateError the certificate is the customer's */
export function hasTrustedAuthority(config: Config): boolean {
  requireOwn(config, 'renew');
  return hasAuthority(config.state_dir);
}

/**
 * Makes a new certificate although the old one is not due; with `authority` a new CA too, which every agent must import.
 * @throws CertificateError, unavailable
 */
export async function renewCertificate(
  config: Config,
  { authority }: { readonly authority: boolean },
  notices: Notices,
): Promise<CertificateInUse> {
  requireOwn(config, 'renew');
  const { description, warnings } = await withSharedAuthority(config, notices, (shared) =>
    renewServerCertificate({ ...certificateOptions(config, notices, shared), authority }, notices, Date.now()),
  );
  for (const warning of warnings) notices.warn(warning);
  return withAuthority(config, description);
}
