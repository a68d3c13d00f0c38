import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/** A secret that a library of that standard made stands in base64 behind a prefix; any other is used as it is. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret, 'utf8');

/**
 * Headers by which a receiver knows who sent a message, and when (Standard Webhooks, standardwebhooks.com): HMAC-SHA256 over
 * id, time and body.
 * @param at  unit: seconds since 1970
 */
export const signatureHeaders = (secret: string, id: string, at: number, body: string): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(at),
  'webhook-signature': `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${at}.${body}`).digest('base64')}`,
});
