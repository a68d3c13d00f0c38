import type { Random } from '../../../connector/simulator/random.ts';
import type { Attempting } from './going-on.ts';

const SCHEMAS = ['urn:scim:schemas:core:1.0'];

/** Has people of its own join and leave a group that others change too. */
export class MovingClient {
  readonly #path: string;
  readonly #people: readonly string[];
  readonly #random: Random;
  readonly #isIn = new Set<string>();
  moves = 0;

  /** @param people  ids that no other client moves */
  constructor(path: string, people: readonly string[], random: Random) {
    this.#path = path;
    this.#people = people;
    this.#random = random;
  }

  async move(client: Attempting, fail: (text: string) => void): Promise<void> {
    const value = this.#random.pick(this.#people);
    const leaves = this.#isIn.has(value);
    const member = leaves ? { value, operation: 'delete' } : { value };
    const answer = await client.attempt('PATCH', this.#path, { schemas: SCHEMAS, members: [member] });
    if (answer.status >= 300) return fail(`a move was answered ${answer.status}: ${answer.text.slice(0, 200)}`);
    if (leaves) this.#isIn.delete(value);
    else this.#isIn.add(value);
    this.moves += 1;
  }

  /** @param members  of the group, as it shows them while nobody writes */
  judge(members: readonly string[], fail: (text: string) => void): void {
    for (const id of this.#people) {
      const [found, due] = [members.filter((one) => one === id).length, this.#isIn.has(id) ? 1 : 0];
      if (found !== due) fail(`a member who was last ${due ? 'taken in' : 'taken out'} is shown ${found} times`);
    }
  }
}
