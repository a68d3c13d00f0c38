import { OUT_OF_FILES } from '../../../state/open-files.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';

/** Codes of Node's net and tls in the operator's words, each with what to do: what may pass by itself. */
const PASSING: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; check that the directory runs, the host and the port',
  ECONNRESET: 'the server hung up; check the port and whether it speaks TLS there',
  EPIPE: 'the server hung up',
  EAI_AGAIN: 'the name server does not answer; check DNS',
  EHOSTUNREACH: 'no route to the host; check the network and firewalls',
  ENETUNREACH: 'no route to the network; check the network and firewalls',
  EMFILE: OUT_OF_FILES,
  ENFILE: OUT_OF_FILES,
  ETIMEDOUT: 'the host does not answer; check the network and firewalls',
};

/** The same of what stays until somebody mends it. Of certificates: where the certificate itself cannot be looked at. */
const LASTING: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is not known; check the name and DNS',
  ERR_TLS_CERT_ALTNAME_INVALID:
    "the server's certificate is for another name; use a name that it carries in urls, or set servername",
  CERT_HAS_EXPIRED: "the server's certificate has expired; renew it",
  CERT_NOT_YET_VALID: "the server's certificate is not valid yet; check both clocks",
  CERT_REVOKED: "the server's certificate is revoked",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is signed by itself; put it into ca_file",
  SELF_SIGNED_CERT_IN_CHAIN: "the authority of the server's certificate is not trusted; put it into ca_file",
  UNABLE_TO_GET_ISSUER_CERT: "the authority of the server's certificate is not trusted; put it into ca_file",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the authority of the server's certificate is not trusted; put it into ca_file",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the authority of the server's certificate is not trusted; put it into ca_file",
  ERR_SSL_WRONG_VERSION_NUMBER:
    'the server does not speak TLS on this port; use ldap:// with start_tls, or its TLS port',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'the server speaks no TLS version newer than 1.1; update it',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'the server speaks no TLS version newer than 1.1; update it',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'the server asks for a client certificate',
};

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** In the catalogue of faults. What is not here is no connection at all. */
const FAULTS: Readonly<Record<string, NonNullable<LdapFailure['fault']>>> = {
  EAI_AGAIN: 'directory-host-unknown',
  ENOTFOUND: 'directory-host-unknown',
  EMFILE: 'files-exhausted',
  ENFILE: 'files-exhausted',
  CERT_HAS_EXPIRED: 'directory-certificate-expired',
  CERT_REVOKED: 'directory-certificate-expired',
  CERT_NOT_YET_VALID: 'directory-clock',
  ERR_TLS_CERT_ALTNAME_INVALID: 'directory-certificate-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'directory-certificate-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'directory-certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'directory-certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'directory-certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'directory-certificate-untrusted',
};

/** The same of a code of Node's net and tls. */
export const connectionFault = (code: string): NonNullable<LdapFailure['fault']> =>
  FAULTS[code] ?? (code.startsWith('ERR_SSL_') ? 'directory-tls-mismatch' : 'directory-unreachable');

/** Why no connection came about. The native text stays in `cause`. */
export function socketFailure(url: string, error: unknown): LdapFailure {
  const code = codeOf(error);
  const text = LASTING[code] ?? PASSING[code] ?? `the connection failed${code === '' ? '' : ` (${code})`}`;
  return new LdapFailure(`${url}: ${text}`, {
    cause: error,
    lasting: LASTING[code] !== undefined,
    fault: connectionFault(code),
  });
}

/** Nobody listened, or no longer, as while a server restarts. */
export const isRestart = ({ cause }: Error): boolean => ['ECONNREFUSED', 'ECONNRESET'].includes(codeOf(cause));
