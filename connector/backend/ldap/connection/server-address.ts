import { BlockList, isIP } from 'node:net';
import { LdapFailure } from '../directory/ldap-failure.ts';

export interface ServerAddress {
  /** Scheme, host and port: what texts show. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly security: 'ldaps' | 'startTls' | 'clear';
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const isLoopback = (host: string): boolean => {
  const family = isIP(host);
  return family === 0 ? host.toLowerCase() === 'localhost' : LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6');
};

interface Rules {
  readonly startTls: boolean;
  readonly insecure: boolean;
}

/** @throws LdapFailure for anything but scheme, host and port, and for clear text that would leave this host */
export function parseAddress(text: string, { startTls, insecure }: Rules): ServerAddress {
  const url = URL.parse(text);
  if (!url || !['ldap:', 'ldaps:'].includes(url.protocol) || url.hostname === '') {
    throw new LdapFailure('urls: each must look like ldaps://host:636 or ldap://host:389', {
      fault: 'mapping-invalid',
    });
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || !['', '/'].includes(url.pathname)) {
    throw new LdapFailure('urls: scheme, host and port only; bases, filters and credentials have their own settings', {
      fault: 'mapping-invalid',
    });
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'ldaps:';
  if (secure && startTls) {
    throw new LdapFailure(`${url.protocol}//${url.host} is encrypted from its first byte; remove start_tls`, {
      fault: 'mapping-invalid',
    });
  }
  if (!secure && !startTls && !insecure && !isLoopback(host)) {
    throw new LdapFailure(
      `${url.protocol}//${url.host} would send the service account's password in clear text; use ldaps:// or start_tls`,
      { fault: 'mapping-invalid' },
    );
  }
  return {
    url: `${url.protocol}//${url.host}`,
    host,
    port: url.port === '' ? (secure ? 636 : 389) : Number(url.port),
    security: secure ? 'ldaps' : startTls ? 'startTls' : 'clear',
  };
}
