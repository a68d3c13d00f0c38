import { DatabaseError } from 'pg';
import { ScimError } from '../scim/error.ts';
import type { FaultCode } from '../scim/fault-code.ts';
import { type Host, shownHost } from './address.ts';
import { refusalOf, unavailable } from './postgres-errors.ts';

type Telling = readonly [fault: FaultCode, text: string];

const UNREACHABLE = 'postgres-unreachable';
const UNTRUSTED = 'postgres-certificate-untrusted';
const isUnknown: Telling = [
  UNTRUSTED,
  'the authority of its certificate is not known here; put it into a file that ca_file names',
];
const isGone: Telling = [UNREACHABLE, 'the connection was cut'];
const isFar: Telling = [UNREACHABLE, 'there is no way to it; check the network and the firewalls between'];

/** Codes of Node's net and tls. */
const BY_CODE: Readonly<Record<string, Telling>> = {
  ECONNREFUSED: [UNREACHABLE, 'nobody listens there; check host and port, and that PostgreSQL runs'],
  ETIMEDOUT: [UNREACHABLE, 'it does not answer in time; check the network and the firewalls between'],
  EHOSTUNREACH: isFar,
  ENETUNREACH: isFar,
  ECONNRESET: isGone,
  EPIPE: isGone,
  ENOTFOUND: ['postgres-host-unknown', 'no such host; check its name in url, and the name service of this machine'],
  EAI_AGAIN: ['postgres-host-unknown', 'its address cannot be found at the moment; check the name service'],
  EMFILE: ['files-exhausted', 'the connector has too many files open'],
  ENFILE: ['files-exhausted', 'the machine has too many files open'],
  CERT_HAS_EXPIRED: ['postgres-certificate-expired', 'its certificate, or one above it, has expired; renew it'],
  CERT_NOT_YET_VALID: ['postgres-certificate-expired', 'its certificate is not valid yet; check both clocks'],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    UNTRUSTED,
    'its certificate is signed by itself; put it into a file that ca_file names, or write sslmode = "disable" for a server on this machine',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: isUnknown,
  UNABLE_TO_GET_ISSUER_CERT: isUnknown,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: isUnknown,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: isUnknown,
};

/** pg's own words, which have no code. */
const BY_TEXT: readonly (readonly [RegExp, Telling])[] = [
  [
    /does not support SSL/,
    [
      'postgres-tls-not-offered',
      'it offers no TLS; switch it on there (ssl = on), or write sslmode = "disable" on a network that you trust',
    ],
  ],
  [/error establishing an SSL connection/, ['postgres-tls-not-offered', 'what listens there is no PostgreSQL']],
  [
    /password must be a (?:non-empty )?string/,
    ['postgres-password-refused', 'it asks for a password; set password = { env = "VARIABLE" }, or PGPASSWORD'],
  ],
  [
    /^SASL: .*server signature/,
    ['postgres-password-refused', 'it does not know our password itself: it may be an impostor'],
  ],
];

const codeOf = (error: object): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

function certifiedNames(error: object): string {
  const { subjectaltname = '' } = ('cert' in error ? error.cert : {}) as { subjectaltname?: string };
  const names = [...subjectaltname.matchAll(/(?:DNS|IP Address):([^, ]+)/g)].map(([, name]) => name);
  return names.length === 0 ? 'no name' : names.join(', ');
}

function tellingOf(error: unknown, { host }: Host): Telling {
  if (!(error instanceof Error)) return [UNREACHABLE, 'the connection failed'];
  const code = codeOf(error);
  const known = BY_CODE[code] ?? BY_TEXT.find(([pattern]) => pattern.test(error.message))?.[1];
  if (known) return known;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return [
      'postgres-certificate-name',
      `its certificate is for another name: it has ${certifiedNames(error)}, and not ${host}; use a name that it has in url`,
    ];
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_'))
    return [
      'postgres-tls-not-offered',
      `TLS could not be agreed on (${code}); see its log, and check client_cert_file`,
    ];
  return [UNREACHABLE, code === '' ? isGone[1] : `the connection failed (${code})`];
}

/** Why no connection to `host` came about. The native text stays in `cause`. */
export function connectFailure(host: Host, error: unknown): ScimError {
  if (error instanceof ScimError) return error;
  if (error instanceof DatabaseError) return refusalOf(error, `${shownHost(host)}: `);
  const [fault, text] = tellingOf(error, host);
  return unavailable(fault, `${shownHost(host)}: ${text}`, { cause: error, retryAfter: 5 });
}
