/** X.509 name constraints (RFC 5280 §4.2.1.10), permitted DNS names and addresses only. */
import { BlockList, isIP } from 'node:net';

export const NAME_CONSTRAINTS = '2.5.29.30';
const OID = Buffer.from('0603551d1e', 'hex');

/** Tags of RFC 5280's GeneralName, implicit. */
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** A subtree: a DNS name with everything below it, or `address/prefix`. */
export type Subtree = string;

/** The subtrees that hold just `names`, and all of the IPv4 loopback network. */
export const subtreesOf = (names: readonly string[]): Subtree[] => [
  ...names.filter((name) => isIP(name) === 0),
  '127.0.0.0/8',
  ...names.filter((name) => isIP(name) !== 0 && !/^127\./.test(name)).map((ip) => `${ip}/${isIP(ip) === 4 ? 32 : 128}`),
];

export function isPermitted(subtrees: readonly Subtree[], name: string): boolean {
  const version = isIP(name);
  if (version === 0) return subtrees.some((tree) => name === tree || name.endsWith(`.${tree}`));
  const list = new BlockList();
  for (const tree of subtrees) {
    const [network = '', prefix] = tree.split('/');
    if (prefix !== undefined) list.addSubnet(network, Number(prefix), isIP(network) === 4 ? 'ipv4' : 'ipv6');
  }
  return list.check(name, version === 4 ? 'ipv4' : 'ipv6');
}

/** The names in `subtrees` that a certificate can carry: the loopback network stands for 127.0.0.1. */
export const namesIn = (subtrees: readonly Subtree[]): string[] =>
  subtrees.map((tree) => (tree === '127.0.0.0/8' ? '127.0.0.1' : tree.replace(/\/.*$/, '')));

/** The DER value of the extension. */
export function encodeConstraints(subtrees: readonly Subtree[]): Buffer {
  const permitted = subtrees.map((tree) => {
    const [network = '', prefix] = tree.split('/');
    const general =
      prefix === undefined
        ? element(DNS_NAME, Buffer.from(network, 'latin1'))
        : element(IP_ADDRESS, Buffer.concat([bytesOf(network), maskOf(bytesOf(network).length, Number(prefix))]));
    return element(0x30, general);
  });
  return element(0x30, element(0xa0, Buffer.concat(permitted)));
}

/** The subtrees of a certificate that `encodeConstraints` made; of another one undefined. */
export function decodeConstraints(certificate: Buffer): Subtree[] | undefined {
  const at = certificate.indexOf(OID);
  if (at < 0) return undefined;
  let rest = certificate.subarray(at + OID.length);
  // critical BOOLEAN, then the OCTET STRING that wraps the value
  if (rest[0] === 0x01) rest = rest.subarray(3);
  const permitted = content(content(content(rest).value).value);
  if (permitted.tag !== 0xa0) return undefined;
  const subtrees: Subtree[] = [];
  for (let list = permitted.value; list.length > 0; ) {
    const item = content(list);
    const { tag, value } = content(item.value);
    subtrees.push(tag === IP_ADDRESS ? networkOf(value) : value.toString('latin1'));
    list = item.rest;
  }
  return subtrees;
}

function element(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

function content(der: Buffer): { readonly tag: number; readonly value: Buffer; readonly rest: Buffer } {
  const [tag = 0, first = 0] = der;
  const sizeBytes = first < 128 ? 0 : first & 0x7f;
  const start = 2 + sizeBytes;
  const length = sizeBytes === 0 ? first : der.readUIntBE(2, sizeBytes);
  return { tag, value: der.subarray(start, start + length), rest: der.subarray(start + length) };
}

function bytesOf(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, mapped).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

const mapped = (_: string, ...parts: string[]): string => {
  const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
};

const maskOf = (length: number, prefix: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, index) => (0xff00 >> Math.max(0, Math.min(8, prefix - index * 8))) & 0xff));

function networkOf(value: Buffer): Subtree {
  const half = value.length / 2;
  const prefix = [...value.subarray(half)].reduce((sum, byte) => sum + byte.toString(2).replace(/0/g, '').length, 0);
  const address = value.subarray(0, half);
  if (half === 4) return `${address.join('.')}/${prefix}`;
  const groups = Array.from({ length: 8 }, (_, index) => address.readUInt16BE(index * 2).toString(16));
  return `${new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)}/${prefix}`;
}
