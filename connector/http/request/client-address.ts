/** Who calls, and by which name, when reverse proxies may stand between. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import proxyAddr from 'proxy-addr';

/** Whether what the proxy at this address adds to a request may be believed. */
export type TrustedProxies = (address: string) => boolean;

/**
 * From addresses, networks (`10.0.0.0/8`) and the words `loopback`, `linklocal`, `uniquelocal`. An empty list trusts nobody.
 * @throws TypeError one of them is none of these
 */
export function trustProxies(list: readonly string[]): TrustedProxies {
  const trust = proxyAddr.compile([...list]);
  return (address) => trust(plain(address), 0);
}

/** The nearest address that is not a trusted proxy's. */
export function clientAddress(
  socketAddress: string | undefined,
  headers: IncomingHttpHeaders,
  trust: TrustedProxies,
): string {
  const nearest = plain(socketAddress ?? '');
  if (!trust(nearest)) return nearest;
  let address = nearest;
  for (const entry of listOf(headers['x-forwarded-for']).reverse()) {
    const next = plain(withoutPort(entry));
    // Only a proxy's own entry is believed; what is no address was not written by one.
    if (isIP(next) === 0) break;
    address = next;
    if (!trust(address)) break;
  }
  return address;
}

/** Scheme and authority as the client sees them, e.g. `https://idm01.corp.example:8443`. */
export function externalOrigin(request: IncomingMessage, trust: TrustedProxies): string {
  const { socket, headers } = request;
  const believed = trust(plain(socket.remoteAddress ?? ''));
  const scheme = (believed ? listOf(headers['x-forwarded-proto'])[0] : undefined)?.toLowerCase();
  const secure = scheme === 'https' || (scheme !== 'http' && (socket as TLSSocket).encrypted === true);
  const hosts = [believed ? listOf(headers['x-forwarded-host'])[0] : undefined, headers.host];
  const host = hosts.find((candidate) => candidate !== undefined && isAuthority(candidate)) ?? localAuthority(request);
  return `${secure ? 'https' : 'http'}://${host.toLowerCase()}`;
}

/** RFC 3986 §3.2.2 and .3: what else a client sends as Host must not come back to it in a link. */
function isAuthority(text: string): boolean {
  const [, ipv6, name, port] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]{1,253}))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  return (name !== undefined || isIP(ipv6 ?? '') === 6) && Number(port ?? 0) <= 65_535;
}

function localAuthority({ socket: { localAddress = 'localhost', localPort } }: IncomingMessage): string {
  const host = plain(localAddress);
  return `${isIP(host) === 6 ? `[${host}]` : host}${localPort === undefined ? '' : `:${localPort}`}`;
}

const listOf = (header: string | readonly string[] | undefined): string[] =>
  (typeof header === 'string' ? header : (header ?? []).join(','))
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** An IPv4 client of a socket that listens on IPv6 too. */
export const plain = (address: string): string =>
  address.startsWith(':') ? address.replace(/^::ffff:(?=\d+\.)/i, '') : address;

/** Some proxies add the port: `10.0.0.5:49152`, `[2001:db8::1]:49152`. */
const withoutPort = (entry: string): string =>
  entry.replace(/^\[([^\]]+)\](:\d+)?$/, '$1').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
