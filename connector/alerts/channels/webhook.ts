import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Secret } from '../../secrets/secret.ts';
import type { Message } from '../alert.ts';
import { type Channel, DeliveryError } from '../channel.ts';
import { networkFault } from '../network-fault.ts';
import { bodyText, subject } from '../words.ts';
import { signatureHeaders } from './signature.ts';

export interface WebhookOptions {
  readonly url: string;
  readonly secret: Secret;
  /** Trusted instead of the usual ones. PEM. */
  readonly ca?: string;
  /** For the whole of it. Unit: ms. */
  readonly patience?: number;
}

const PATIENCE = 10_000;

/** A receiver's answer, which nobody needs the text of. */
async function statusOf(sent: ClientRequest): Promise<IncomingMessage> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
  });
  response.destroy();
  return response;
}

/** Sends by POST. It follows no redirect, which could lead signed messages elsewhere. */
export class Webhook implements Channel {
  readonly name = 'webhook';
  readonly to: string;
  readonly #options: WebhookOptions;

  constructor(options: WebhookOptions) {
    this.#options = options;
    // The path may be what a receiver knows its senders by.
    this.to = new URL(options.url).origin;
  }

  async send(message: Message, signal?: AbortSignal): Promise<string> {
    const body = JSON.stringify({ ...message, text: `${subject(message)}\n\n${bodyText(message)}` });
    const answer = await this.#post(message.id, body, signal);
    const { statusCode = 0, headers } = answer;
    if (statusCode >= 200 && statusCode < 300) return `answered ${statusCode}`;
    throw this.#refusal(statusCode, headers.location);
  }

  async #post(id: string, body: string, signal: AbortSignal | undefined): Promise<IncomingMessage> {
    const { url, secret, ca, patience = PATIENCE } = this.#options;
    const target = new URL(url);
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const time = AbortSignal.timeout(patience);
    const sent = send(target, {
      method: 'POST',
      agent: false,
      signal: signal ? AbortSignal.any([time, signal]) : time,
      ...(ca === undefined ? {} : { ca }),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'scim-connector',
        ...signatureHeaders(secret.reveal(), id, Math.floor(Date.now() / 1000), body),
      },
    });
    sent.end(body);
    try {
      return await statusOf(sent);
    } catch (error) {
      if (time.aborted)
        throw new DeliveryError('unreachable', `${this.to}: no answer within ${patience / 1000} s`, true, {
          cause: error,
        });
      throw networkFault(error, this.to, 'alerts.webhook.ca_file');
    }
  }

  #refusal(status: number, location: string | undefined): DeliveryError {
    const says = `${this.to}: answered ${status}`;
    if (status >= 300 && status < 400) {
      const base = this.#options.url;
      const where =
        location !== undefined && URL.canParse(location, base) ? ` to ${new URL(location, base).origin}` : '';
      return new DeliveryError(
        'refused',
        `${says}, a redirect${where}; name the final place in alerts.webhook.url`,
        false,
      );
    }
    if (status === 401 || status === 403)
      return new DeliveryError('secret', `${says}; set the receiver's key in alerts.webhook.secret`, false);
    const passing = status >= 500 || status === 408 || status === 429;
    return new DeliveryError('refused', passing ? says : `${says}; check alerts.webhook.url`, passing);
  }
}
