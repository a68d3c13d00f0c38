/** Sends large requests all at once, in a thread of its own: whoever measures beside it must not wait for it. */
import { Agent, request } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { TOKEN } from './trial-server.ts';

export interface LargeRequests {
  readonly url: string;
  readonly authority: string;
  readonly lists: number;
  /** Unit: bytes. */
  readonly bodies: readonly { readonly count: number; readonly length: number }[];
  /** Members to name, again and again. */
  readonly ids: readonly string[];
  readonly round: number;
}

/** As often as Okta sends what was answered 429. */
const MOST_REPEATS = 10;

interface Answer {
  readonly status: string;
  /** Unit: s. */
  readonly after: number;
}

/** How many were answered with which status; under `none` those that got no answer. */
export type Answered = Readonly<Record<string, number>>;

function group(name: string, ids: readonly string[], length: number): string {
  const members = ids.map((value) => JSON.stringify({ value, display: `Somebody called ${value}` }));
  const text = `{"displayName":"${name}","members":[`;
  const all = Math.ceil((length - text.length) / (members.join().length + 1));
  return `${text}${Array.from({ length: all }, () => members.join()).join()}`.slice(0, length).replace(/,[^}]*$/, ']}');
}

const keys = (count: number): string =>
  `{"displayName":"k","x":{${Array.from({ length: count }, (_, index) => `"k${index}":1`).join()}}}`;

/** Comes back when it is told to, as Okta does. */
async function send(options: LargeRequests, method: string, path: string, body?: string): Promise<string> {
  const agent = new Agent({ ca: options.authority });
  const bytes = body === undefined ? undefined : Buffer.from(body);
  const headers = {
    Authorization: `Bearer ${TOKEN}`,
    ...(bytes ? { 'Content-Type': 'application/json', 'Content-Length': bytes.length } : {}),
  };
  const once = () =>
    new Promise<Answer>((resolve) => {
      const sent = request(`${options.url}${path}`, { method, headers, agent }, (response) => {
        response.on('error', () => resolve({ status: 'none', after: 0 }));
        const after = Number(response.headers['retry-after']);
        response.on('end', () => resolve({ status: String(response.statusCode), after }));
        response.resume();
      });
      sent.on('error', () => resolve({ status: 'none', after: 0 }));
      sent.end(bytes);
    });
  let answer = await once();
  for (let left = MOST_REPEATS; answer.status === '429' && left > 0; left -= 1) {
    await pause(answer.after * 1000);
    answer = await once();
  }
  return answer.status;
}

async function sendAll(options: LargeRequests): Promise<Answered> {
  const { lists, bodies, ids, round } = options;
  const texts = bodies.flatMap(({ count, length }, kind) =>
    Array.from({ length: count }, (_, index) => group(`load-${round}-${kind}-${index}`, ids, length)),
  );
  const statuses = await Promise.all([
    ...Array.from({ length: lists }, () => send(options, 'GET', '/Users')),
    send(options, 'POST', '/Groups', keys(1_000_000)),
    send(options, 'POST', '/Groups', '['.repeat(5_000_000)),
    ...texts.map((text) => send(options, 'POST', '/Groups', text)),
  ]);
  const answered: Record<string, number> = {};
  for (const status of statuses) answered[status] = (answered[status] ?? 0) + 1;
  return answered;
}

parentPort?.postMessage(await sendAll(workerData as LargeRequests));
