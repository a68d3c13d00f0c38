import type { Resource } from '../../../scim/resource.ts';
import { anyOf, type Test } from '../directory/filter.ts';
import { failureIn } from '../directory/ldap-failure.ts';
import { unlessGivenUp } from '../directory/unless-given-up.ts';

/** Of one search. Servers take as long for so many names as for one. */
const MOST = 16;

type ReadAny = (test: Test) => Promise<readonly Resource[]>;

interface Gathered {
  readonly tests: Test[];
  readonly found: Promise<readonly Resource[]>;
}

/**
 * Look-ups by name that come in one turn of the event loop, sent as one search: who is busy asks for many at once, and
 * a message costs more than what is in it. Each caller picks his own from what was found.
 */
export class LookUps {
  readonly #open = new Map<string, Gathered>();

  /**
   * @param kind  look-ups of one kind may be read together
   * @param read  asks for all that pass a test. Nobody's signal: others wait for it too
   * @returns at least what passes `test`
   */
  async find(kind: string, test: Test, signal: AbortSignal, read: ReadAny): Promise<readonly Resource[]> {
    const gathered = this.#gathered(kind, read);
    gathered.tests.push(test);
    if (gathered.tests.length >= MOST) this.#open.delete(kind);
    try {
      return await unlessGivenUp(signal, gathered.found);
    } catch (error) {
      // What the server makes of somebody else's name is no answer to ours.
      if (gathered.tests.length === 1 || failureIn(error)?.code === undefined) throw error;
      return unlessGivenUp(signal, read(test));
    }
  }

  #gathered(kind: string, read: ReadAny): Gathered {
    const open = this.#open.get(kind);
    if (open) return open;
    const tests: Test[] = [];
    const { promise: found, resolve } = Promise.withResolvers<readonly Resource[]>();
    const gathered: Gathered = { tests, found };
    this.#open.set(kind, gathered);
    setImmediate(() => {
      if (this.#open.get(kind) === gathered) this.#open.delete(kind);
      resolve(read(anyOf(tests)));
    });
    return gathered;
  }
}
