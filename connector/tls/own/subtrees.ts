import { BlockList, isIP } from 'node:net';

/** What an authority may sign for: a DNS name with everything below it, or `address/prefix`. */
export type Subtree = string;

const LOOPBACK = '127.0.0.0/8';

/** The subtrees that hold just `names`, and all of the IPv4 loopback network. */
export const subtreesOf = (names: readonly string[]): Subtree[] => [
  ...names.filter((name) => isIP(name) === 0),
  LOOPBACK,
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
  subtrees.map((tree) => (tree === LOOPBACK ? '127.0.0.1' : tree.replace(/\/.*$/, '')));
