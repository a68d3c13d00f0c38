import { existsSync } from 'node:fs';
import { isLoopback, type Listen } from '../../config/vocabulary/listen.ts';

/** The command that lets an agent on another machine reach the port; undefined where there is none or no firewall is known. */
export function firewallRule(
  { host, port }: Listen,
  platform = process.platform,
  exists = existsSync,
): string | undefined {
  if (isLoopback(host)) return undefined;
  if (platform === 'win32')
    return `netsh advfirewall firewall add rule name="SCIM Connector" dir=in action=allow protocol=TCP localport=${port}`;
  if (exists('/usr/bin/firewall-cmd'))
    return `firewall-cmd --permanent --add-port=${port}/tcp && firewall-cmd --reload`;
  return exists('/usr/sbin/ufw') ? `ufw allow ${port}/tcp` : undefined;
}
