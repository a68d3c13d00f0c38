import type { Attempting } from './going-on.ts';

const SCHEMAS = ['urn:scim:schemas:core:1.0'];

interface Shown {
  readonly title?: string;
  readonly meta: { readonly version: string };
}

/** What everybody has counted, in one attribute of one person: no increment can be taken for another's. */
const countsIn = ({ title = '' }: Shown, clients: number): number[] => {
  const counts = title.split(' ').map(Number);
  return Array.from({ length: clients }, (_, index) => counts[index] || 0);
};

/** Counts under If-Match, in turns with others, and knows what it was told. */
export class CountingClient {
  readonly #path: string;
  readonly #own: number;
  readonly #clients: number;
  done = 0;
  overtaken = 0;

  /** @param own  which of the `clients` it is */
  constructor(path: string, own: number, clients: number) {
    this.#path = path;
    this.#own = own;
    this.#clients = clients;
  }

  async #read(client: Attempting): Promise<Shown> {
    const { status, text } = await client.attempt('GET', this.#path);
    if (status !== 200) throw new Error(`GET of the counter answered ${status}: ${text.slice(0, 200)}`);
    return JSON.parse(text) as Shown;
  }

  /** @returns whether it counted one up */
  async count(client: Attempting, fail: (text: string) => void): Promise<boolean> {
    const shown = await this.#read(client);
    const counts = countsIn(shown, this.#clients);
    if (counts[this.#own] !== this.done) {
      fail(`counter ${this.#own} was acknowledged ${this.done} times; read ${counts[this.#own]}`);
      this.done = counts[this.#own] ?? 0;
    }
    counts[this.#own] = this.done + 1;
    const body = { schemas: SCHEMAS, title: counts.join(' ') };
    const answer = await client.attempt('PATCH', this.#path, body, { 'If-Match': shown.meta.version });
    if (answer.status === 200) return this.#up();
    if (answer.status !== 412) fail(`an increment was answered ${answer.status}: ${answer.text.slice(0, 200)}`);
    // The first attempt may have done it, and the second was too late for its own.
    const now = answer.isRepeated ? countsIn(await this.#read(client), this.#clients)[this.#own] : this.done;
    if (now === this.done + 1) return this.#up();
    this.overtaken += 1;
    return false;
  }

  #up(): true {
    this.done += 1;
    return true;
  }
}
