import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../../support/http-client.ts';
import { scaled } from '../../support/pace.ts';
import type { TrialServer } from '../trial-server.ts';
import type { Pair } from './pair.ts';

type Request = Parameters<TrialServer['send']>;

/** Answers after which Okta's agents say the same again, at whichever connector they are sent to. */
const AGAIN = new Set([429, 503, 504]);
/** Longest that nobody may be there. Unit: ms. */
const PATIENCE = 60_000;

/** An answer, and whether an earlier attempt may have done already what it answers to. */
export interface Attempted extends Answer {
  readonly isRepeated: boolean;
}

/** Whoever says a request until it is answered. */
export type Attempting = Pick<GoingOn, 'attempt'>;

/** A client of two connectors: where one does not answer, it says the same again to the other. */
export class GoingOn {
  readonly #pair: Pair;
  readonly #isPatient: boolean;
  #which: number;
  /** How often it went to the other. */
  moves = 0;

  /**
   * @param which  it goes to first
   * @param isPatient  asks again after 429 and 503 too, until there is another answer
   */
  constructor(pair: Pair, which: number, isPatient = true) {
    this.#pair = pair;
    this.#which = which;
    this.#isPatient = isPatient;
  }

  /** The next request goes to the other one first. */
  turn(): void {
    this.#which += 1;
  }

  /** @throws Error when neither answers for a minute */
  async attempt(...request: Request): Promise<Attempted> {
    const end = performance.now() + scaled(PATIENCE);
    for (let isRepeated = false; ; isRepeated = true) {
      const answer = await this.#pair.ask(this.#which, ...request);
      if (answer && !(this.#isPatient && AGAIN.has(answer.status))) {
        const isChange = request[0] !== 'GET' && request[1] !== '/Bulk' && answer.status < 300;
        if (isChange && !isRepeated) this.#pair.acknowledged?.add(answer.headers['x-request-id'] ?? '');
        return { ...answer, isRepeated };
      }
      if (performance.now() > end) throw new Error(`${request[0]} ${request[1]}: nobody answers; last ${answer?.text}`);
      this.turn();
      this.moves += 1;
      if (answer || isRepeated) await pause(50);
    }
  }

  /** The same, and a second attempt that finds its work done by the first is an answer like that of the first. */
  async send(...request: Request): Promise<Answer> {
    const answer = await this.attempt(...request);
    if (!answer.isRepeated) return answer;
    const [method, path, body, , segment] = request;
    if (method === 'DELETE' && answer.status === 404) return { ...answer, status: 204 };
    if (method === 'POST' && path === '/Users' && answer.status === 409) {
      // Okta looks whether somebody is there under that name.
      const { userName, title } = body as { readonly userName: string; readonly title?: string };
      const filter = encodeURIComponent(`userName eq "${userName}"`);
      const found = await this.attempt('GET', `/Users?filter=${filter}`, undefined, {}, segment);
      const [one] = (JSON.parse(found.text) as { Resources?: { title?: string }[] }).Resources ?? [];
      if (one && one.title === title) return { ...found, status: 201, text: JSON.stringify(one) };
    }
    return answer;
  }
}
