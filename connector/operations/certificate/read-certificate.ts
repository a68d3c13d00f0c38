import type { Config } from '../../config/config.ts';
import type { Notices } from '../../log/notices.ts';
import { certificateOptions } from '../../run/certificate-options.ts';
import { openCertificates } from '../../tls/certificates.ts';
import type { CertificateDescription } from '../../tls/loaded-certificate.ts';
import { withSharedAuthority } from './own-authority.ts';

/**
 * The certificate as `serve` would load it; what is to be said of it goes to `notices`. Our own is made when there is
 * none, or none that serves.
 * @throws CertificateError, unavailable
 */
export async function readCertificate(config: Config, notices: Notices): Promise<CertificateDescription> {
  if (config.tls.source !== 'auto') return loaded(config, notices);
  return withSharedAuthority(config, notices, (shared) => loaded(config, notices, shared));
}

async function loaded(...options: Parameters<typeof certificateOptions>): Promise<CertificateDescription> {
  const certificates = await openCertificates(certificateOptions(...options));
  certificates.close();
  return certificates.describe();
}
