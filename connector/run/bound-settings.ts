import type { Config } from '../config/config.ts';

/** Settings of [server] that are bound to the socket. */
const OF_SERVER = [
  'listen',
  'http',
  'deadline',
  'max_body',
  'max_user_body',
  'bulk_max_payload',
  'trusted_proxies',
  'unavailable_status',
] as const;

const differ = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** What has changed and a reload does not reach, as it is called in the file. */
export function changedBound(before: Config, after: Config): readonly string[] {
  return [
    ...OF_SERVER.filter((name) => differ(before.server[name], after.server[name])).map((name) => `server.${name}`),
    ...(['state', 'tls', 'journal', 'audit', 'metrics'] as const)
      .filter((name) => differ(before[name], after[name]))
      .map((name) => `[${name}]`),
    ...(before.state_dir === after.state_dir ? [] : ['state_dir']),
  ];
}
