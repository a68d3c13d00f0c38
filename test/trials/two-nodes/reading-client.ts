import type { Random } from '../../../connector/simulator/random.ts';
import type { GoingOn } from './going-on.ts';

interface Shown {
  readonly id: string;
  readonly userName: string;
}

/** Answers that say that the database is away for now. */
export const AWAY: ReadonlySet<number> = new Set([429, 503, 504]);

/** Looks for people who are there, by id and by name. Whoever says that they are not says what is not so. */
export class ReadingClient {
  readonly #people: readonly (readonly [name: string, id: string])[];
  readonly #random: Random;
  answered = 0;

  constructor(people: ReadonlyMap<string, string>, random: Random) {
    this.#people = [...people];
    this.#random = random;
  }

  async read(client: Pick<GoingOn, 'send'>, fail: (text: string) => void): Promise<void> {
    const [name, id] = this.#random.pick(this.#people);
    const byId = this.#random.happens(0.5);
    const path = byId ? `/Users/${id}` : `/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`;
    const { status, text } = await client.send('GET', path);
    if (AWAY.has(status)) return;
    this.answered += 1;
    if (status !== 200) return fail(`${name}, who is there: GET ${path} answered ${status}: ${text.slice(0, 200)}`);
    const body = JSON.parse(text) as Shown & { readonly Resources?: readonly Shown[] };
    const shown = byId ? [body] : (body.Resources ?? []);
    if (shown.length !== 1 || shown[0]?.id !== id) fail(`${name}, who is there: ${path} shows ${shown.length} people`);
  }
}
