import { ResultCodeError } from 'ldapts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT, resultName } from '../directory/result-code.ts';
import type { ServiceBind } from './directory-options.ts';
import type { ServerAddress } from './server-address.ts';

/** The server said no to the bind. Repeating it may lock the account. */
export class BindRefused extends LdapFailure {}

/** Codes of a server that would bind but cannot now (RFC 4511 §A.2): no verdict on the credentials. */
const NOT_NOW: ReadonlySet<number> = new Set([RESULT.busy, RESULT.unavailable, RESULT.other]);

const ENCRYPT = 'the server wants encryption; use ldaps:// or start_tls';
const HINTS: Readonly<Record<number, string>> = {
  [RESULT.authMethodNotSupported]: 'the server does not offer this kind of bind',
  [RESULT.strongerAuthRequired]: ENCRYPT,
  [RESULT.confidentialityRequired]: ENCRYPT,
  [RESULT.noSuchObject]: 'check bind_dn',
  [RESULT.invalidDNSyntax]: 'check bind_dn',
};

/** What Active Directory says behind "data" of a refused account (MS-ADTS §5.1.1.1.1 and system error codes). */
const ACCOUNT_STATES: Readonly<Record<string, string>> = {
  '525': 'the account does not exist; check bind_dn',
  '530': 'the account may not log on at this time',
  '531': 'the account may not log on from this host',
  '532': "the account's password has expired; set another and let it not expire",
  '533': 'the account is disabled; enable it',
  '568': 'the account is in too many groups',
  '701': 'the account has expired',
  '773': "the account's password must be changed first; set another without that option",
  '775': 'the account is locked; unlock it',
};

const stateIn = (diagnostic: string): string | undefined =>
  ACCOUNT_STATES[/\bdata (\w+)/.exec(diagnostic)?.[1]?.toLowerCase() ?? ''];

const passwordHint = (bind: ServiceBind): string =>
  bind.kind === 'simple' && bind.origin !== undefined
    ? `check bind_dn and its password, which comes from ${bind.origin}`
    : 'check bind_dn and its password';

function hintOf(code: number, diagnostic: string, bind: ServiceBind): string | undefined {
  if (code !== RESULT.invalidCredentials) return HINTS[code];
  return stateIn(diagnostic) ?? (bind.kind === 'simple' ? passwordHint(bind) : 'check client_cert_file');
}

/** What ldapts puts behind the server's words. */
const ADDED = /\s*Code: 0x[\da-f]+$/i;

/** @param bind  the service account's; of a person whose password is tried nothing is told */
export function bindFailure(
  { url, security }: ServerAddress,
  error: unknown,
  bind: ServiceBind | undefined,
): LdapFailure {
  if (!(error instanceof ResultCodeError)) {
    const hint = security === 'clear' ? '; it may speak TLS on this port: check the port, or use ldaps://' : '';
    return new LdapFailure(`${url}: the server hung up during the bind${hint}`, {
      cause: error,
      fault: security === 'clear' ? 'directory-tls-mismatch' : 'directory-unreachable',
    });
  }
  const { code } = error;
  const message = error.message.replace(ADDED, '');
  if (NOT_NOW.has(code))
    return new LdapFailure(`${url}: the bind is not possible now: ${resultName(code)}`, {
      cause: error,
      diagnostic: message,
      fault: 'directory-busy',
    });
  const account = bind?.kind === 'simple' ? ` as ${bind.dn}` : '';
  const hint = bind && hintOf(code, message, bind);
  return new BindRefused(
    `${url}: the bind${account} is refused: ${resultName(code)}${hint === undefined ? '' : `; ${hint}`}`,
    {
      code,
      cause: error,
      diagnostic: message,
      lasting: true,
      fault:
        code === RESULT.strongerAuthRequired || code === RESULT.confidentialityRequired
          ? 'directory-tls-mismatch'
          : 'directory-bind-refused',
    },
  );
}
