import { DeliveryError } from './channel.ts';

/** Names that Node and OpenSSL give to a peer that is not who it should be, or speaks no TLS. */
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$|ETLS$|INVALID_CA|INVALID_PURPOSE)/;

const UNTRUSTED = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/;

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host name',
  EAI_AGAIN: 'its name cannot be looked up for now',
  EDNS: 'no such host name',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'it closed the connection',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no route to it',
};

interface Named extends Error {
  readonly code?: unknown;
  /** Where nodemailer keeps the system's code. */
  readonly originalCode?: unknown;
  readonly cause?: unknown;
}

/** The code of the system's error below, if there is one. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code, originalCode, cause } = error as Named;
  return (
    ([codeOf(cause), originalCode, code].find((one) => typeof one === 'string' && one !== '') as string | undefined) ??
    ''
  );
}

/** @param to  where it was sent @param caSetting  names the CA it is trusted by */
export function networkFault(error: unknown, to: string, caSetting: string): DeliveryError {
  const code = codeOf(error);
  if (UNTRUSTED.test(code))
    return new DeliveryError(
      'tls',
      `${to}: its certificate is not trusted (${code}); name its CA in ${caSetting}`,
      false,
      {
        cause: error,
      },
    );
  if (TLS_CODE.test(code))
    return new DeliveryError('tls', `${to}: its certificate or TLS is not in order (${code})`, false, { cause: error });
  return new DeliveryError(
    'unreachable',
    `${to}: ${WORDS[code] ?? `cannot be reached (${code || 'no reason given'})`}`,
    true,
    {
      cause: error,
    },
  );
}
