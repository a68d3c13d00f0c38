import type { Config } from '../../../connector/config/config.ts';
import { firewallRule } from '../../../connector/operations/pre-flight/firewall-rule.ts';
import { isInstalled, places } from '../../host/installation.ts';
import { programName } from '../../host/program-name.ts';
import { quoted } from '../../terminal/wording.ts';

/** What to do once there is a configuration, in this order. */
export function nextCommands({ server, tls }: Config, file: string): readonly string[] {
  const installed = isInstalled() && file === places().configFile;
  const flag = installed ? '' : ` --config ${quoted(file)}`;
  const program = programName();
  const firewall = firewallRule(server.listen);
  return [
    `${program} check${flag}`,
    `${program} ${installed ? 'service start' : `serve${flag}`}`,
    ...(firewall === undefined ? [] : [firewall]),
    `${program} okta sheet${flag}`,
    ...(server.http || tls.source !== 'auto' ? [] : [`${program} cert export-ca${flag}`]),
  ];
}
