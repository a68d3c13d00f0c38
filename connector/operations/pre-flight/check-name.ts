import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Finding, failed, ok, warning } from '../../backend/module/finding.ts';
import { isLoopback } from '../../config/vocabulary/listen.ts';

const here = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));

async function addressesOf(name: string): Promise<readonly string[]> {
  if (isIP(name) !== 0) return [name];
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}

/**
 * Whether the name in the base URL leads here. As this host sees it: the agent's may have another DNS.
 * @param own  addresses of this host
 */
export async function checkName(name: string, own: readonly string[] = here()): Promise<Finding> {
  const found = await addressesOf(name);
  const list = [...new Set(found)].join(', ');
  if (found.length === 0)
    return failed(
      `${name} does not resolve: enter it in DNS, or in the hosts file of the agent's machine and this one`,
    );
  if (found.every((address) => isLoopback(address))) {
    if (isIP(name) !== 0 || name.toLowerCase() === 'localhost') return ok(`${name} is this machine itself`);
    return ok(`${name} is ${list} here, by the hosts file; the agent's machine must find it by DNS or a hosts file`);
  }
  const stranger = found.find((address) => !own.includes(address) && !isLoopback(address));
  if (stranger === undefined) return ok(`${name} is ${list}, this machine`);
  return warning(
    isIP(name) === 0
      ? `${name} is ${stranger}, no address of this machine: correct it in DNS, unless a load balancer or NAT has that address`
      : `${name} is no address of this machine: choose another, unless a load balancer or NAT has it`,
  );
}
