import type { Config } from '../config/config.ts';
import type { Notices } from '../log/notices.ts';
import type { CertificateOptions } from '../tls/certificates.ts';
import type { SharedAuthority } from '../tls/own/shared-authority.ts';

/** The [tls] table as tls/ takes it. The host in `server.base_url` is a name Okta's agent calls, so it must be covered. */
export function certificateOptions(
  { tls, server, state_dir }: Config,
  log: Notices,
  shared?: SharedAuthority,
): CertificateOptions {
  const { source, cert_file, key_file, pfx_file, passphrase } = tls;
  const called = server.base_url === undefined ? [] : [new URL(server.base_url).hostname];
  return {
    source,
    stateDir: state_dir,
    names: [...new Set([...tls.names, ...called])],
    listenHost: server.listen.host,
    certFile: cert_file,
    keyFile: key_file,
    pfxFile: pfx_file,
    passphrase: () => passphrase?.reveal(),
    shared,
    log,
  };
}
