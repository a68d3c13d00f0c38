import { lookup } from 'node:dns/promises';
import { type Finding, failed, warning } from '../../backend/module/finding.ts';
import type { Config } from '../../config/config.ts';
import { formatListen, isLoopback } from '../../config/vocabulary/listen.ts';

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Whether a call to `host` cannot come in at a loopback address. A name that nobody knows here says nothing. */
async function leadsElsewhere(host: string): Promise<boolean> {
  if (isLoopback(host)) return false;
  const addresses = await lookup(host, { all: true }).catch(() => []);
  return addresses.length > 0 && !addresses.some(({ address }) => isLoopback(address));
}

/** Whether a call to `server.base_url` ends at the listener, as far as this machine can tell. */
export async function checkBaseUrl({ server }: Config): Promise<readonly Finding[]> {
  const { base_url: baseUrl, listen, http, trusted_proxies: proxies } = server;
  if (baseUrl === undefined) return [];
  const { protocol, hostname, port: digits } = new URL(baseUrl);
  const port = digits === '' ? PORTS[protocol] : Number(digits);
  const spoken = http ? 'http:' : 'https:';
  if (port === listen.port && protocol !== spoken)
    return [
      failed(
        `server.base_url says ${protocol}// and port ${port} speaks ${http ? 'plain HTTP' : 'HTTPS'}: write ${spoken}// there`,
      ),
    ];
  // Whoever names a proxy knows what it does.
  if (proxies.length > 0) return [];
  const forward = 'right only behind a proxy or a forwarding that does so: name it in server.trusted_proxies';
  const at = formatListen(listen);
  if (port !== listen.port && listen.port !== 0)
    return [warning(`server.base_url leads to port ${port} and the connector listens at ${at}: ${forward}`)];
  if (isLoopback(listen.host) && (await leadsElsewhere(hostname.replace(/^\[|\]$/g, ''))))
    return [warning(`server.base_url leads to ${hostname} and the connector listens at ${at} alone: ${forward}`)];
  return [];
}
