import type { X509Certificate } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import { certificateOptions } from '../../run/certificate-options.ts';
import { readIfPresent } from '../../state/private-file.ts';
import { CertificateError } from '../../tls/certificate-error.ts';
import { openCertificates } from '../../tls/certificates.ts';
import { type Chain, presentedBy } from '../../tls/customer/presented-chain.ts';
import { describeAuthority } from '../../tls/own/describe-authority.ts';
import { serverFile } from '../../tls/own/state-files.ts';
import { parseCertificates } from '../../tls/pem.ts';

/** The certificates that agents are shown, the server's first, and above them the root where we know it. */
export interface ServedChain {
  readonly chain: Chain;
  /** Where the root lies as a file; undefined with the customer's certificate. */
  readonly caFile: string | undefined;
}

const SILENT = { info: () => undefined, warn: () => undefined };

async function own({ state_dir }: Config): Promise<ServedChain> {
  const authority = await describeAuthority(state_dir);
  const file = serverFile(state_dir);
  const text = readIfPresent(file);
  if (authority === undefined || text === undefined)
    throw new CertificateError('there is no certificate yet: the first "serve" or "cert renew" makes one');
  const [leaf, ...issuers] = parseCertificates(text, file);
  const [root] = parseCertificates(authority.pem, authority.file);
  return { chain: [leaf, ...issuers, root], caFile: authority.file };
}

/** Makes nothing. @throws CertificateError there is none yet, or it cannot be used */
export async function servedChain(config: Config): Promise<ServedChain> {
  const { source, pfx_file = '', cert_file = '' } = config.tls;
  if (source === 'auto') return own(config);
  const certificates = await openCertificates(certificateOptions(config, SILENT));
  certificates.close();
  const context = certificates.current();
  const chain =
    source === 'pfx' ? await presentedBy(context, pfx_file) : parseCertificates(String(context.cert), cert_file);
  return { chain, caFile: undefined };
}

/** The certificate that an agent should trust: the highest one we have; undefined where that is the server's alone. */
export function authorityOf(chain: Chain): X509Certificate | undefined {
  const highest = chain.at(-1) ?? chain[0];
  return chain.length > 1 || highest.checkIssued(highest) ? highest : undefined;
}
