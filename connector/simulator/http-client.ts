import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface HttpClientOptions {
  /** PEM of the authority to trust besides none other: the agent's trust store after `keytool -import`. */
  readonly ca?: string;
  /** Unit: ms. */
  readonly timeout?: number;
}

/** The least that Okta lets an admin choose. Unit: ms. */
const OKTA_LEAST_TIMEOUT = 30_000;

/** Of a client. Node lets 511 wait to be accepted, and on a slow machine the kernel resets those beyond. */
const MAX_SOCKETS = 64;

/** Sends exactly the headers it is given, unlike `fetch`, which adds a Content-Type of its own. */
export class HttpClient {
  readonly #http = new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  readonly #https: HttpsAgent;
  readonly #timeout: number;

  constructor({ ca, timeout = OKTA_LEAST_TIMEOUT }: HttpClientOptions = {}) {
    this.#https = new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS, ...(ca === undefined ? {} : { ca }) });
    this.#timeout = timeout;
  }

  /** @throws Error when there is no answer in time, or no trusted one */
  send(method: string, url: string, headers: OutgoingHttpHeaders = {}, body?: string): Promise<Answer> {
    const secure = url.startsWith('https:');
    const options = { method, headers, agent: secure ? this.#https : this.#http, timeout: this.#timeout };
    return new Promise((resolve, reject) => {
      const request = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
        read(response).then(resolve, reject);
      });
      request.once('timeout', () => request.destroy(new Error(`no answer within ${this.#timeout / 1000} s`)));
      request.once('error', reject);
      if (body === undefined) request.end();
      else request.end(Buffer.from(body));
    });
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

async function read(response: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    text: Buffer.concat(parts).toString('utf8'),
  };
}
