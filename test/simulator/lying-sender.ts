import type { OutgoingHttpHeaders } from 'node:http';
import type { Sender } from '../../connector/simulator/connection.ts';
import type { Answer, HttpClient } from '../../connector/simulator/http-client.ts';

// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
type Body = any;

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: Body;
}

export interface Lie {
  /** Of these some, and of those every so manieth. */
  readonly every: number;
  about(request: Request): boolean;
  /** What the connector hears instead; `undefined`: nothing, though Okta is told that all went well. */
  heard?(body: Body): Body | undefined;
  /** What Okta hears instead. */
  told?(body: Body): Body;
}

const asText = (body: Body, headers: OutgoingHttpHeaders): [OutgoingHttpHeaders, string] => {
  const text = JSON.stringify(body);
  return [{ ...headers, 'Content-Length': Buffer.byteLength(text) }, text];
};

/** A connector with a bug, as seen from the wire. */
export class LyingSender implements Sender {
  readonly #client: HttpClient;
  readonly #lie: Lie;
  #seen = 0;

  constructor(client: HttpClient, lie: Lie) {
    this.#client = client;
    this.#lie = lie;
  }

  async send(method: string, url: string, headers: OutgoingHttpHeaders = {}, text?: string): Promise<Answer> {
    const { about, every, heard, told } = this.#lie;
    const body = text === undefined ? undefined : JSON.parse(text);
    if (!about({ method, path: new URL(url).pathname + new URL(url).search, body })) {
      return this.#client.send(method, url, headers, text);
    }
    this.#seen += 1;
    if (this.#seen % every !== 0) return this.#client.send(method, url, headers, text);
    if (heard) {
      const instead = heard(body);
      if (instead !== undefined) return this.#client.send(method, url, ...asText(instead, headers));
      const there = await this.#client.send('GET', url, { Accept: 'application/json' });
      const { password: _, ...shown } = body;
      return { ...there, text: JSON.stringify({ ...JSON.parse(there.text), ...shown }) };
    }
    const answer = await this.#client.send(method, url, headers, text);
    return told ? { ...answer, text: JSON.stringify(told(JSON.parse(answer.text))) } : answer;
  }

  close(): void {
    this.#client.close();
  }
}
