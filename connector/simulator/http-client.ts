import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Whose certificates are taken. */
export interface Trust {
  /** PEM of the authority to trust besides none other: the agent's trust store after `keytool -import`. */
  readonly ca?: string;
  /** What is in `ca` is trusted though nobody above it is. */
  readonly allowPartialTrustChain?: boolean;
  /** `false`: any certificate will do. */
  readonly rejectUnauthorized?: boolean;
  /** Name that the certificate must have, where it is another than the URL's. */
  readonly servername?: string;
}

export interface HttpClientOptions extends Trust {
  /** Unit: ms. */
  readonly timeout?: number;
  /** Longest body of a reply that is read. Unit: bytes. */
  readonly mostBytes?: number;
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
  readonly #mostBytes: number;

  constructor(options: HttpClientOptions = {}) {
    const { timeout = OKTA_LEAST_TIMEOUT, mostBytes = Number.POSITIVE_INFINITY, ...trust } = options;
    this.#https = new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS, ...trust });
    this.#timeout = timeout;
    this.#mostBytes = mostBytes;
  }

  /** @param signal  ends it @throws Error when there is no answer in time, or no trusted one, or an endless one */
  send(
    method: string,
    url: string,
    headers: OutgoingHttpHeaders = {},
    body?: string,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const secure = url.startsWith('https:');
    const options = {
      method,
      headers,
      agent: secure ? this.#https : this.#http,
      timeout: this.#timeout,
      ...(signal && { signal }),
    };
    return new Promise((resolve, reject) => {
      const request = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
        read(response, this.#mostBytes).then(resolve, reject);
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

/** The reply went on and on. */
export class EndlessReply extends Error {
  override readonly name = 'EndlessReply';
}

async function read(response: IncomingMessage, mostBytes: number): Promise<Answer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw new EndlessReply(`the reply is longer than ${mostBytes} bytes`);
    parts.push(part);
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    text: Buffer.concat(parts).toString('utf8'),
  };
}
