import { EXAMINER } from '../../service/examination.ts';
import { HttpClient, type HttpClientOptions } from '../../simulator/http-client.ts';

/** Longest reply that is read: a page of groups with all their members may be long. Unit: bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface WireOptions extends HttpClientOptions {
  /** Without the slash at the end. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** After which a reply is given up. Unit: ms. */
  readonly limit: number;
  /** Media type that is asked for. */
  readonly accept: string;
}

export interface Question {
  readonly method?: string;
  /** Instead of the credential. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly message: string;
  readonly url: string;
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Of JSON; undefined where it is none. */
  readonly body: unknown;
  /** Until the last byte. Unit: ms. */
  readonly duration: number;
}

/** There was no reply at all. `cause` has the error of the system. */
export class NoReply extends Error {
  override readonly name = 'NoReply';
  /** Okta's name of the request. */
  readonly told: string;
  readonly url: string;
  /** It was given up after so long. Unit: ms. */
  readonly limit: number | undefined;

  constructor(told: string, url: string, cause: unknown, limit?: number) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.told = told;
    this.url = url;
    this.limit = limit;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The way to the server: one question, one reply, and how long it took. */
export class Wire {
  readonly #options: WireOptions;
  readonly #http: HttpClient;
  /** All that came, without the bodies. */
  readonly replies: Pick<Reply, 'message' | 'status' | 'duration'>[] = [];

  constructor(options: WireOptions) {
    const { baseUrl: _, headers: __, accept: ___, limit, ...client } = options;
    this.#options = options;
    this.#http = new HttpClient({ mostBytes: MOST_BYTES, ...client, timeout: limit });
  }

  /**
   * @param message  Okta's name of the request
   * @param path  below the base URL, or an absolute URL @throws NoReply
   */
  async ask(message: string, path: string, { method = 'GET', headers }: Question = {}): Promise<Reply> {
    const { baseUrl, limit, accept } = this.#options;
    const url = /^https?:/.test(path) ? path : baseUrl + path;
    const sent = { Accept: accept, 'User-Agent': EXAMINER, ...(headers ?? this.#options.headers) };
    const signal = AbortSignal.timeout(limit);
    const began = performance.now();
    try {
      const answer = await this.#http.send(method, url, sent, undefined, signal);
      const duration = performance.now() - began;
      this.replies.push({ message, status: answer.status, duration });
      return { message, url, ...answer, body: parsed(answer.text), duration };
    } catch (error) {
      throw new NoReply(message, url, error, signal.aborted ? limit : undefined);
    }
  }

  close(): void {
    this.#http.close();
  }
}
