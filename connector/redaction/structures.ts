/** What keeps its form when its parts are replaced. */
import { isOwnAddress } from './harmless.ts';
import type { PseudonymKind } from './pseudonyms.ts';

type Replace = (kind: PseudonymKind, text: string) => string;

const SCHEME = /^(?:https?|ldap[si]?|smtps?|file)$/i;

/** `https://idm01.corp.example:8443/secret?x=1` → `https://host-7f3a21:8443/…` */
export function withoutPlace(url: string, replace: Replace): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(url) ?? [];
  const [authority = '', ...path] = rest.split(/[/?#]/);
  const place = authority.slice(authority.lastIndexOf('@') + 1);
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(:\d{1,5})?/.exec(place) ?? [];
  const shown = host === '' || isOwnAddress(host) ? host : replace('host', host.replace(/^\[|\]$/g, ''));
  const known = SCHEME.test(scheme) ? scheme.toLowerCase() : 'scheme';
  const way = path.join('/') === '' ? '' : `/${replace('path', path.join('/'))}`;
  return `${known}://${shown}${port}${way}`;
}

/** Between RDNs, and the parts of one (RFC 4514 §2). */
const PARTS = /(\\.|[^,+])+/gs;

/** `uid=bjensen,ou=people,dc=example` → `uid=user-7f3a21,ou=value-0c11d2,dc=value-9b0e44` */
export const withoutNames = (
  dn: string,
  replaceValue: (text: string) => string,
  replaceType: (text: string) => string,
): string =>
  dn.replace(PARTS, (part) => {
    const at = part.indexOf('=');
    if (at < 0) return replaceValue(part.trim());
    return `${replaceType(part.slice(0, at).trim())}=${replaceValue(part.slice(at + 1).trim())}`;
  });
