import type { SettingChange } from '../../backend/module/set-up.ts';
import type { Config } from '../../config/config.ts';
import { isLoopback } from '../../config/vocabulary/listen.ts';

/** How Okta's agent finds the connector, and how it logs in. */
export interface FrontDoor {
  /** On this machine: nobody else can reach the port. */
  readonly agentIsHere: boolean;
  readonly port: number;
  /** What an agent on another machine calls this one. */
  readonly host: string;
  /** Word in `auth.method`. */
  readonly method: string;
}

/** As a configuration has it. @param host  where it names none */
export function frontDoorOf({ server, tls, apps: [app] }: Config, host: string): FrontDoor {
  const named = server.base_url === undefined ? undefined : URL.parse(server.base_url)?.hostname;
  return {
    agentIsHere: isLoopback(server.listen.host),
    port: server.listen.port,
    host: named ?? tls.names[0] ?? host,
    method: app?.auth.method ?? 'header',
  };
}

const LISTEN = ['server', 'listen'];
const BASE_URL = ['server', 'base_url'];
const NAMES = ['tls', 'names'];

function addresses({ agentIsHere, port, host }: FrontDoor): readonly SettingChange[] {
  if (agentIsHere)
    return [
      { path: LISTEN, value: `127.0.0.1:${port}` },
      { path: BASE_URL, value: undefined },
      { path: NAMES, value: undefined },
    ];
  return [
    { path: LISTEN, value: `:${port}` },
    { path: BASE_URL, value: `https://${host}:${port}` },
    { path: NAMES, value: [host] },
  ];
}

/** What is configured, and the name of the app whose own way to log in goes before the common one. */
export interface ConfiguredDoor extends FrontDoor {
  readonly app: string;
}

/** What has to be set for it. What is as it was stays as it was written. */
export function frontDoorSettings(wanted: FrontDoor, before?: ConfiguredDoor): readonly SettingChange[] {
  const isMoved = (['agentIsHere', 'port', 'host'] as const).some((key) => wanted[key] !== before?.[key]);
  const method = before ? ['apps', before.app, 'auth', 'method'] : ['auth', 'method'];
  return [
    ...(isMoved ? addresses(wanted) : []),
    ...(wanted.method === before?.method ? [] : [{ path: method, value: wanted.method }]),
  ];
}
