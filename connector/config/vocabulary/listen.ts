import { BlockList, isIP } from 'node:net';

/** Where the server listens. Without a host: on every interface. */
export interface Listen {
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
}

const LISTEN = /^(?:\[([^\]]+)\]|([^:[\]\s/]*)):(\d{1,5})$/;

/** "127.0.0.1:8443", "[::1]:8443", ":8443". `undefined` when `text` is none of these. */
export function parseListen(text: string): Listen | undefined {
  const [, ipv6, name, digits] = LISTEN.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535 || (ipv6 !== undefined && isIP(ipv6) !== 6)) return undefined;
  const host = ipv6 ?? name;
  return host ? { host, port } : { port };
}

export const formatListen = ({ host, port }: Listen): string =>
  `${host === undefined ? '' : host.includes(':') ? `[${host}]` : host}:${port}`;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether only this machine can reach `host`. A name counts only if it is `localhost`: others may resolve anywhere. */
export function isLoopback(host: string | undefined): boolean {
  if (host === undefined) return false;
  const family = isIP(host);
  return family === 0 ? host.toLowerCase() === 'localhost' : loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** "10.0.0.0/8", "::1", "fd00::/8". */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
}

/** A DNS name (RFC 1123 §2.1) or an IP address, as a certificate may name it. */
export const isHostName = (text: string): boolean =>
  isIP(text) !== 0 ||
  (text.length <= 253 &&
    /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/i.test(text) &&
    !/^[\d.]+$/.test(text));
