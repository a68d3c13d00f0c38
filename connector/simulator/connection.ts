import { type Answer, HttpClient, type Trust } from './http-client.ts';
import { isObject, judgeError, type Report } from './judgement.ts';
import type { Payload } from './payload.ts';
import { SCIM11 } from './speech/scim-11.ts';
import type { Speech } from './speech/speech.ts';

export interface ConnectionOptions extends Trust {
  /** As pasted in Okta: with or without the slash at the end. */
  readonly baseUrl: string;
  /** The credential, e.g. `{ Authorization: 'Bearer …' }`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The least that Okta lets an admin choose. Unit: ms. */
  readonly timeout?: number;
  /** Longest body of a reply that is read. Unit: bytes. */
  readonly mostBytes?: number;
  /** Default: SCIM 1.1. */
  readonly speech?: Speech;
  /** What carries the requests. Absent: a client of its own. */
  readonly sender?: Sender;
}

/** Carries requests to a server. */
export type Sender = Pick<HttpClient, 'send' | 'close'>;

export interface TracedCall {
  /** Okta's word for it. */
  readonly message: string;
  readonly method: string;
  /** Below the base URL, as sent. */
  readonly path: string;
  readonly status: number;
}

/** A failed call, in the words of Okta's task page (docs/okta-agent.md, Errors). */
export class AgentCallFailed extends Error {
  override readonly name = 'AgentCallFailed';
  readonly status: number;

  constructor(message: string, status: number, body: string) {
    super(
      `The Provisioning Agent call to ${message} failed. Error code: ${status}. Errors reported by the connector : ${body}`,
    );
    this.status = status;
  }
}

/** Okta's words for a reply that says nothing (docs/okta-agent.md, Users). */
const EMPTY: Readonly<Record<string, string>> = { createNewUser: 'Create new user returned empty user.' };

/** Wherever it stands: PATCH has it in an operation. */
function passwordIn(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { password } = payload as Payload;
  return (
    password ??
    Object.values(payload)
      .map(passwordIn)
      .find((found) => found !== undefined)
  );
}

/** The agent's end of the wire: sends, keeps the trace, judges what every reply must be. */
export class OktaConnection {
  readonly findings: string[] = [];
  readonly speech: Speech;
  readonly trace: TracedCall[] = [];
  readonly #baseUrl: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #http: Sender;

  constructor({ baseUrl, headers = {}, sender, speech = SCIM11, ...client }: ConnectionOptions) {
    this.speech = speech;
    this.#baseUrl = baseUrl.replace(/\/$/, '');
    this.#headers = headers;
    this.#http = sender ?? new HttpClient(client);
  }

  close(): void {
    this.#http.close();
  }

  report(message: string): Report {
    return (finding) => this.findings.push(`${message}: ${finding}`);
  }

  /** A call whose reply is an object. @throws AgentCallFailed */
  async call(message: string, method: string, path: string, payload?: Payload): Promise<Payload> {
    const body = await this.callPerhaps(message, method, path, payload);
    if (body === undefined) throw new AgentCallFailed(message, 200, EMPTY[message] ?? 'the reply has no body');
    return body;
  }

  /** A call whose reply is an object or nothing. @throws AgentCallFailed */
  async callPerhaps(message: string, method: string, path: string, payload?: Payload): Promise<Payload | undefined> {
    const { text } = await this.send(message, method, path, payload);
    if (text === '') return undefined;
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch (error) {
      throw new AgentCallFailed(message, 200, `the reply is no JSON: ${(error as Error).name}`);
    }
    if (!isObject(body)) throw new AgentCallFailed(message, 200, 'the reply is no JSON object');
    return body;
  }

  /** @throws AgentCallFailed for anything but success */
  async send(message: string, method: string, path: string, payload?: Payload): Promise<Answer> {
    const body = payload === undefined ? undefined : JSON.stringify(payload);
    const { mediaType } = this.speech;
    const headers = {
      Accept: mediaType,
      ...(body === undefined ? {} : { 'Content-Type': mediaType, 'Content-Length': Buffer.byteLength(body) }),
      ...this.#headers,
    };
    const answer = await this.#http.send(method, this.#baseUrl + path, headers, body);
    this.trace.push({ message, method, path, status: answer.status });
    this.#judge(message, answer, passwordIn(payload));
    if (answer.status < 200 || answer.status > 299) throw new AgentCallFailed(message, answer.status, answer.text);
    return answer;
  }

  #judge(message: string, answer: Answer, password: unknown): void {
    const report = this.report(message);
    const { status, headers, text } = answer;
    if (typeof password === 'string' && text.includes(password)) report(`the reply shows the password that was sent`);
    // RFC 9110 §8.6: a 204 must not have one.
    if (headers['content-length'] === undefined && status !== 204) report('the reply has no Content-Length');
    const { mediaType } = this.speech;
    const type = headers['content-type'];
    if (text !== '' && type?.split(';')[0]?.toLowerCase() !== mediaType) {
      report(`the reply is ${type ?? 'of no type'}, not ${mediaType}`);
    }
    if (status >= 400) judgeError(answer, report, this.speech);
  }
}
