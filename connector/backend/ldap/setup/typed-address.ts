/** A way to reach a server, as the settings say it. */
export interface Attempt {
  readonly url: string;
  readonly startTls: boolean;
}

/** What somebody meant with an address, the likeliest first. */
export type TypedAddress =
  | { readonly attempts: readonly Attempt[] }
  /** What is wrong with it, and what would be right. */
  | { readonly complaint: string };

const wrong = (complaint: string): TypedAddress => ({ complaint });

const LIKE = 'type a host such as ldap1.corp.example, ldap1.corp.example:636 or ldaps://ldap1.corp.example';

const LDAP_PORT = 389;
const LDAPS_PORT = 636;

/** Scheme and rest, with slips of the pen: `ldap//host`, `ldaps:host`, `LDAP://host`, `https://host`. */
const SCHEME = /^(ldaps?|https?|ldapi):?\/{1,3}|^(ldaps):(?!\d)/i;

const shownHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function at(scheme: 'ldaps' | 'ldap', host: string, port: number): string {
  const usual = scheme === 'ldaps' ? LDAPS_PORT : LDAP_PORT;
  return `${scheme}://${shownHost(host)}${port === usual ? '' : `:${port}`}`;
}

const tls = (host: string, port: number): Attempt => ({ url: at('ldaps', host, port), startTls: false });
const startTls = (host: string, port: number): Attempt => ({ url: at('ldap', host, port), startTls: true });
const clear = (host: string, port: number): Attempt => ({ url: at('ldap', host, port), startTls: false });

/** Host and port; of IPv6 with and without brackets. */
function parts(text: string): { readonly host: string; readonly port: number | undefined } | undefined {
  const bare = /^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*$/i.test(text) ? text : undefined;
  const [, ipv6, name, digits] = /^(?:\[([^\]]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bare ?? ipv6 ?? name;
  const port = digits === undefined ? undefined : Number(digits);
  if (host === undefined || port === 0 || (port ?? 1) > 65_535) return undefined;
  return { host, port };
}

/** @param isLocal  whether clear text to it stays on this machine */
function attempts(
  host: string,
  port: number | undefined,
  scheme: string,
  isLocal: (host: string) => boolean,
): readonly Attempt[] {
  const inClear = isLocal(host) ? [clear(host, port ?? LDAP_PORT)] : [];
  if (port === LDAPS_PORT) return [tls(host, port)];
  if (port === LDAP_PORT) return [startTls(host, port), ...inClear];
  if (port !== undefined)
    return scheme === 'ldap'
      ? [startTls(host, port), tls(host, port), ...inClear]
      : [tls(host, port), startTls(host, port), ...inClear];
  const both = [tls(host, LDAPS_PORT), startTls(host, LDAP_PORT)];
  return [...(scheme === 'ldap' ? both.toReversed() : both), ...inClear];
}

/**
 * Ways to reach what was typed: with TLS from the first byte, with StartTLS and, on this machine alone, in clear text.
 * A scheme that does not fit its port is put right.
 */
export function typedAddress(typed: string, isLocal: (host: string) => boolean): TypedAddress {
  const text = typed.trim().replaceAll(/^["'<]+|["'>]+$/g, '');
  if (text === '') return wrong(LIKE);
  if (/^\w[\w-]*=/.test(text)) return wrong(`this is a name inside the directory; ${LIKE}`);
  const scheme = (SCHEME.exec(text)?.slice(1).find(Boolean) ?? '').toLowerCase();
  if (scheme === 'ldapi') return wrong(`a socket file cannot be used; ${LIKE}`);
  const rest = text.replace(SCHEME, '').replace(/[/?].*$/, '');
  if (/[\s,;]/.test(rest.trim())) return wrong(`one server now; others can be added to urls later: ${LIKE}`);
  if (rest.includes('@')) return wrong(`the account is asked for next; ${LIKE}`);
  const found = parts(rest.replace(/[.]$/, ''));
  return found ? { attempts: attempts(found.host.toLowerCase(), found.port, scheme, isLocal) } : wrong(LIKE);
}
