import type { Config } from '../../config/config.ts';
import type { Notices } from '../../log/notices.ts';
import { certificateOptions } from '../../run/certificate-options.ts';
import { openCertificates } from '../../tls/certificates.ts';
import type { CertificateDescription } from '../../tls/loaded-certificate.ts';

/**
 * The certificate as `serve` would load it; what is to be said of it goes to `notices`. Our own is made when there is
 * none, or none that serves.
 * @throws CertificateError
 */
export async function readCertificate(config: Config, notices: Notices): Promise<CertificateDescription> {
  const certificates = await openCertificates(certificateOptions(config, notices));
  certificates.close();
  return certificates.describe();
}
