import type { AlertSettings } from '../config.ts';
import type { Complaint } from '../vocabulary/complaint.ts';
import { isLoopback } from '../vocabulary/listen.ts';

const NEEDED_WITH_HOST = ['from', 'to'] as const;

/** The host of a URL, an IPv6 address without its brackets. */
const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '');

function* checkWebhook({ url, secret, ca_file }: AlertSettings['webhook']): Generator<Complaint> {
  const at = (key: string) => ['alerts', 'webhook', key];
  if (url === undefined) {
    if (secret) yield { path: at('secret'), text: 'has no effect without url; set alerts.webhook.url or leave it out' };
    if (ca_file)
      yield { path: at('ca_file'), text: 'has no effect without url; set alerts.webhook.url or leave it out' };
    return;
  }
  if (!secret)
    yield {
      path: at('secret'),
      text: 'missing; messages are signed with it: secret set alerts-webhook, then secret = { secret = "alerts-webhook" }',
    };
  if (new URL(url).protocol === 'http:' && !isLoopback(hostOf(url)))
    yield { path: at('url'), text: 'http:// is for this machine alone; use https://' };
}

function* checkEmail(email: AlertSettings['email']): Generator<Complaint> {
  const at = (key: string) => ['alerts', 'email', key];
  if (email.host === undefined) {
    for (const key of ['from', 'user', 'password', 'ca_file'] as const)
      if (email[key] !== undefined)
        yield { path: at(key), text: 'has no effect without host; set alerts.email.host or leave it out' };
    if (email.to.length > 0)
      yield { path: at('to'), text: 'has no effect without host; set alerts.email.host or leave it out' };
    return;
  }
  for (const key of NEEDED_WITH_HOST)
    if (email[key] === undefined || email[key].length === 0)
      yield { path: at(key), text: 'missing; mail needs a sender and somebody to receive it' };
  if (email.user !== undefined && !email.password) yield { path: at('password'), text: 'missing; user needs it' };
  if (email.user === undefined && email.password)
    yield { path: at('user'), text: 'missing; password is for the login of a user' };
}

export function* checkAlerts({ webhook, email }: AlertSettings): Generator<Complaint> {
  yield* checkWebhook(webhook);
  yield* checkEmail(email);
}
