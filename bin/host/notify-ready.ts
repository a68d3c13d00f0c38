import { execFile } from 'node:child_process';
import type { Logger } from '../../connector/log/logger.ts';

/** Tells systemd that requests are answered: `systemctl start` waits for it. Node has no datagram sockets in the file system, so systemd's own program says it (sd_notify(3), systemd-notify(1)). */
export function notifyReady(log: Logger): void {
  if (!process.env['NOTIFY_SOCKET']) return;
  execFile('systemd-notify', ['--ready'], (err) => {
    if (err) log.error({ err }, 'systemd cannot be told that the connector is ready, and will end it');
  });
}
