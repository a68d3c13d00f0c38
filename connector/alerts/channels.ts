import { readFileSync } from 'node:fs';
import type { AlertSettings } from '../config/config.ts';
import { isLoopback } from '../config/vocabulary/listen.ts';
import { type Channel, DeliveryError } from './channel.ts';
import { OsLog } from './channels/os-log.ts';
import { Webhook } from './channels/webhook.ts';

/** @throws DeliveryError */
function authorities(file: string | undefined, setting: string): { readonly ca?: string } {
  if (file === undefined) return {};
  try {
    return { ca: readFileSync(file, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DeliveryError('tls', `${file} cannot be read (${code}); check ${setting}`, false, { cause: error });
  }
}

/** Reads what it needs when it sends: a CA may be replaced meanwhile, and a channel that is not used loads nothing. */
const late = (name: Channel['name'], to: string, make: () => Promise<Channel>): Channel => ({
  name,
  to,
  send: async (message, signal) => (await make()).send(message, signal),
});

/** Those that are configured. */
export function channelsOf({ webhook, email, os_log }: AlertSettings): readonly Channel[] {
  const all: Channel[] = [];
  const { url, secret } = webhook;
  if (url !== undefined && secret !== undefined)
    all.push(
      late('webhook', new URL(url).origin, async () => {
        return new Webhook({ url, secret, ...authorities(webhook.ca_file, 'alerts.webhook.ca_file') });
      }),
    );
  const { host, port, from, to, user, password, ca_file } = email;
  if (host !== undefined && from !== undefined && to.length > 0)
    all.push(
      late('email', `${to.join(', ')} by ${host}:${port}`, async () => {
        const { Email } = await import('./channels/email.ts');
        return new Email({
          ...{ host, port, from, to, isLoopback: isLoopback(host) },
          ...(user === undefined ? {} : { user }),
          ...(password === undefined ? {} : { password }),
          ...authorities(ca_file, 'alerts.email.ca_file'),
        });
      }),
    );
  if (os_log.enabled) all.push(new OsLog());
  return all;
}
