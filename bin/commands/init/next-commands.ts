import type { Config } from '../../../connector/config/config.ts';
import { firewallRule } from '../../host/firewall-rule.ts';
import { isInstalled, places } from '../../host/installation.ts';

const quoted = (path: string): string => (/\s/.test(path) ? `"${path}"` : path);

/** What to do once there is a configuration, in this order. */
export function nextCommands({ server, tls }: Config, file: string): readonly string[] {
  const installed = isInstalled() && file === places().configFile;
  const flag = installed ? '' : ` --config ${quoted(file)}`;
  const firewall = firewallRule(server.listen);
  return [
    `scim-connector check${flag}`,
    installed ? 'scim-connector service start' : `scim-connector serve${flag}`,
    ...(firewall === undefined ? [] : [firewall]),
    `scim-connector okta sheet${flag}`,
    ...(server.http || tls.source !== 'auto' ? [] : [`scim-connector cert export-ca${flag}`]),
  ];
}
