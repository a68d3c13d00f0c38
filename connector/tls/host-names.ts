/** Under which names and addresses this host is reached. */
import { lookupService } from 'node:dns/promises';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** Longest we wait for the reverse look-up that may tell our full name. Unit: ms. */
const LOOKUP_TIMEOUT = 200;

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::', '*', '']);

/** Names as certificates hold them: lower case, no root dot, no brackets, IPv6 in its shortest form. */
export function normalName(name: string): string {
  const bare = name
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '');
  if (isIP(bare) === 6) return new URL(`http://[${bare}]`).hostname.slice(1, -1);
  return bare.replace(/\.$/, '').toLowerCase();
}

const LABEL = '(?!-)[a-z0-9-]{1,63}(?<!-)';
const HOST_NAME = new RegExp(`^${LABEL}(\\.${LABEL})*$`);

/** What a certificate can be made for: an address, or a host name that Java accepts in a SAN. */
export const isCertifiable = (name: string): boolean =>
  isIP(name) !== 0 || (name.length <= 253 && HOST_NAME.test(name) && !/^[\d.]+$/.test(name));

/** Every address of this host, or none in particular. */
export const isWildcard = (listenHost: string): boolean => WILDCARDS.has(normalName(listenHost));

export const isLocal = (listenHost: string): boolean =>
  isWildcard(listenHost) || LOOPBACK.includes(normalName(listenHost)) || /^127\./.test(listenHost);

/**
 * Names known without asking anybody. All addresses, also while only loopback listens: the authority is made once, and
 * opening the server to other hosts later must not need a new one.
 */
export function ownNames(listenHost: string | undefined): readonly string[] {
  const listen = normalName(listenHost ?? '');
  return unique([hostname(), ...LOOPBACK, ...addresses(), ...(isWildcard(listen) ? [] : [listen])]).filter(
    isCertifiable,
  );
}

/** Our name with its domain, when the resolver tells it at once. */
export async function fullName(): Promise<string | undefined> {
  const host = normalName(hostname());
  if (host.includes('.')) return host;
  const [address] = addresses();
  if (address === undefined) return undefined;
  const answer = lookupService(address, 0).then(
    ({ hostname: name }) => normalName(name),
    () => undefined,
  );
  const stop = new AbortController();
  const late = pause(LOOKUP_TIMEOUT, undefined, { signal: stop.signal }).catch(() => undefined);
  const name = await Promise.race([answer, late]);
  stop.abort();
  return name?.startsWith(`${host}.`) && isCertifiable(name) ? name : undefined;
}

/** Without IPv6 link-local ones, which no base URL can hold. */
function addresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address);
}

export const unique = (names: readonly string[]): string[] => [...new Set(names.map(normalName))];

/** Whether one of a certificate's names is `host`, or a wildcard that stands for it (RFC 9525 §6.3). */
export const covers = (names: readonly string[], host: string): boolean => {
  const called = normalName(host);
  const parent = called.slice(called.indexOf('.'));
  return names.some((name) => normalName(name) === called || (name.startsWith('*.') && name.slice(1) === parent));
};
