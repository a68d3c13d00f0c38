import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Keep-alive connections to one server, the same code for every server that is measured. */
export class Client {
  readonly #base: URL;
  readonly #agent: HttpAgent;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(
    base: string,
    { token, ca, connections = 16 }: { token?: string; ca?: string; connections?: number } = {},
  ) {
    this.#base = new URL(base);
    const options = { keepAlive: true, maxSockets: connections, ...(ca === undefined ? {} : { ca }) };
    this.#agent = this.#base.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
    this.#headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  }

  send(method: string, path: string, body?: unknown): Promise<Answer> {
    const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const send = this.#base.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = send(
        {
          host: this.#base.hostname,
          port: this.#base.port,
          method,
          path: `${this.#base.pathname.replace(/\/$/, '')}${path}`,
          agent: this.#agent,
          headers: {
            ...this.#headers,
            ...(text ? { 'Content-Type': 'application/json', 'Content-Length': String(text.length) } : {}),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
          );
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

export interface Rate {
  readonly perSecond: number;
  /** Unit: ms. */
  readonly median: number;
  readonly p99: number;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** `workers` requests at a time until `seconds` are over or `most` have been sent. @throws Error at an unwanted status */
export async function rate(
  workers: number,
  { seconds, most = Number.POSITIVE_INFINITY }: { seconds: number; most?: number },
  task: (n: number) => Promise<Answer>,
): Promise<Rate> {
  const times: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1000;
  let next = 0;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (performance.now() < end && next < most) {
        const n = next++;
        const before = performance.now();
        const { status, text } = await task(n);
        if (status >= 300) throw new Error(`unexpected ${status}: ${text.slice(0, 200)}`);
        times.push(performance.now() - before);
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  return { perSecond: times.length / elapsed, median: quantile(times, 0.5), p99: quantile(times, 0.99) };
}
