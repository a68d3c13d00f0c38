import { isIP } from 'node:net';
import { type Failed, failed } from '../step.ts';
import { javaText } from './okta-words.ts';

export interface FailedTls {
  /** OpenSSL's or Node's word for it. */
  readonly code: string;
  readonly url: string;
  /** Okta's name of the request. */
  readonly told: string;
  readonly error?: unknown;
  /** What there is to do differs, where it is our own connector. */
  readonly isOurs?: boolean;
}

type Told = Pick<Failed, 'text' | 'cause' | 'fix' | 'command'> & { readonly java: string };

const PKIX =
  'javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target';
const VALIDATION =
  'javax.net.ssl.SSLHandshakeException: PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed';
const SHOW = 'openssl s_client -connect AT -showcerts </dev/null';

const UNTRUSTED: Told = {
  text: 'nobody this host trusts has issued its certificate',
  cause:
    'the authority of its certificate is not among those that are trusted, or the server does not send the certificates in between',
  fix: 'Name the authority here with --ca FILE, and import it into the truststore of each agent',
  command: SHOW,
  java: PKIX,
};

const KINDS: Readonly<Record<string, Told>> = {
  expired: {
    text: 'its certificate has expired',
    cause: 'the certificate of the server is no longer valid',
    fix: 'Renew it on the server; this shows its dates',
    command: `${SHOW} 2>/dev/null | openssl x509 -noout -dates`,
    java: `${VALIDATION} (NotAfter is over)`,
  },
  early: {
    text: 'its certificate is not valid yet',
    cause: 'the clock of this host or that of the server is wrong, or the certificate was made too early',
    fix: 'Compare both clocks; this shows the dates of the certificate',
    command: `date -u; ${SHOW} 2>/dev/null | openssl x509 -noout -dates`,
    java: `${VALIDATION} (NotBefore is to come)`,
  },
  name: {
    text: 'its certificate is not for HOST',
    cause: 'the base URL calls the server by a name or an address that its certificate does not have',
    fix: 'Use a name in the base URL that the certificate has; this lists them',
    command: `${SHOW} 2>/dev/null | openssl x509 -noout -ext subjectAltName`,
    java: 'javax.net.ssl.SSLHandshakeException: NAMES',
  },
  plain: {
    text: 'it does not speak TLS there',
    cause: 'the base URL says https: and plain HTTP or another protocol answers at that port',
    fix: 'Correct scheme or port of the base URL; this shows what answers',
    command: 'curl -v http://AT/',
    java: 'javax.net.ssl.SSLException: Unsupported or unrecognized SSL message',
  },
  protocol: {
    text: 'it knows no version of TLS that the agent knows',
    cause: 'the server offers TLS 1.1 or older alone, or no cipher that is still thought safe; the agent needs 1.2',
    fix: 'Switch TLS 1.2 or 1.3 on at the server; this tries it',
    command: 'openssl s_client -connect AT -tls1_2 </dev/null',
    java: 'javax.net.ssl.SSLHandshakeException: Received fatal alert: protocol_version',
  },
};

const KIND_OF: Readonly<Record<string, keyof typeof KINDS>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'early',
  ERR_TLS_CERT_ALTNAME_INVALID: 'name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'plain',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'plain',
  EPROTO: 'plain',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'protocol',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'protocol',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'protocol',
  ERR_SSL_SSL_TLS_ALERT_HANDSHAKE_FAILURE: 'protocol',
};

/** Of a chain that leads nowhere. */
const UNTRUSTED_CODE = /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|INVALID_|HOSTNAME_MISMATCH)/;

export const isTlsCode = (code: string): boolean =>
  code in KIND_OF || UNTRUSTED_CODE.test(code) || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_');

/** Java's words for a name that the certificate lacks. */
const javaNames = (host: string): string =>
  isIP(host) === 0
    ? `No subject alternative DNS name matching ${host} found.`
    : `No subject alternative names matching IP address ${host} found`;

/** What is wrong with the certificate of a server, or with its TLS. */
export function tlsFailure({ code, url, told, isOurs = false }: FailedTls): Failed {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const kind = KIND_OF[code];
  const found = (kind === undefined ? undefined : KINDS[kind]) ?? UNTRUSTED;
  const filled = (text: string): string =>
    text
      .replaceAll('AT', `${hostname}:${port || '443'}`)
      .replaceAll('NAMES', javaNames(host))
      .replaceAll('HOST', host);
  const { text, cause, fix, command = '', java } = isOurs ? { ...found, ...OURS[kind ?? 'untrusted'] } : found;
  return failed({
    text: filled(text),
    cause: filled(cause),
    fix: filled(fix),
    command: filled(command),
    okta: javaText(told, filled(java)),
    isFatal: true,
  });
}

/** What to do on our own host. */
const OURS: Readonly<Record<string, Pick<Failed, 'fix' | 'command'>>> = {
  untrusted: {
    fix: 'Import our authority on each agent, with the commands that this prints',
    command: 'scim-connector cert export-ca scim-ca.pem',
  },
  expired: { fix: 'Renew it', command: 'scim-connector cert renew' },
  name: {
    fix: 'Set server.base_url to a name that it has, or tls.names to the one that is missing; this lists them',
    command: 'scim-connector cert show',
  },
};
