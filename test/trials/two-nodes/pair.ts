import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../../support/http-client.ts';
import { scaled } from '../../support/pace.ts';
import type { Bench } from '../trial.ts';
import type { ServeOptions, TrialServer } from '../trial-server.ts';
import { type Place, placeOfItsOwn } from './network.ts';

/** What a connector is started with, so that it serves the one store. */
export interface SharedStore {
  /** @param folder  of the node alone */
  serving(place: Place, folder: string): Promise<Pick<ServeOptions, 'words' | 'env'>>;
}

/** What `server.deadline` is in these trials. Unit: ms. */
export const DEADLINE = 5_000;
/** For the way there and back, and for a machine that has other things to do. Unit: ms. */
const ON_THE_WAY = 2_000;

/** One connector, which may be dead at the moment. */
class Node {
  readonly place: Place = placeOfItsOwn();
  readonly #bench: Bench;
  readonly #store: SharedStore;
  readonly #folder: string;
  /** Of all nodes: one authority stands for them, and for these names alone. */
  names: readonly string[] = [];
  /** How often it was killed. */
  deaths = 0;
  server: TrialServer | undefined;
  #lastDone = performance.now();
  #longest = 0;

  constructor(bench: Bench, store: SharedStore, name: string) {
    this.#bench = bench;
    this.#store = store;
    this.#folder = join(bench.folder, name);
    mkdirSync(this.#folder, { recursive: true });
    bench.whenOver(() => this.place.remove());
  }

  async start(): Promise<void> {
    const { words = [], env = {} } = await this.#store.serving(this.place, this.#folder);
    const server = await this.#bench.serve({
      folder: this.#folder,
      words: ['--server.listen', `${this.place.address}:0`, '--tls.names', this.names.join(), ...words],
      env: { CONNECTOR_SERVER__DEADLINE: `${DEADLINE}ms`, ...env },
      wrapped: (command) => this.place.wrapped(command),
    });
    this.server = server;
    void server.ended().then(({ code, stderr }) => {
      // With 0 because it was told to.
      if (this.server !== server || code === 0) return;
      this.deaths += 1;
      this.server = undefined;
      const unusual = stderr.split('\n').filter((line) => !line.startsWith('{"level":"info"'));
      this.#bench.fail(`a node ended by itself with ${code}: ${unusual.join('\n').slice(-4000)}`);
    });
  }

  /** It has done what was asked of it. */
  noteDone(): void {
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#lastDone);
    this.#lastDone = now;
  }

  /** @returns for how long it could do nothing, at most, since this was asked last. Unit: ms */
  takeLongestPause(): number {
    this.noteDone();
    const longest = this.#longest;
    this.#longest = 0;
    return longest;
  }

  /** As an operator does. */
  async restart(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    await server?.stop();
    await this.start();
  }

  async kill(): Promise<void> {
    const { server } = this;
    this.deaths += 1;
    this.server = undefined;
    await server?.kill();
  }
}

/** Two connectors on one store, each on a machine of its own. */
export class Pair {
  readonly nodes: readonly [Node, Node];
  readonly #fail: (text: string) => void;
  /** The longest that anybody waited for an answer. Unit: ms. */
  slowest = 0;
  /** References of changes that a first attempt was answered with; only while they are wanted. */
  acknowledged: Set<string> | undefined;

  private constructor(nodes: readonly [Node, Node], fail: (text: string) => void) {
    this.nodes = nodes;
    this.#fail = fail;
  }

  /** @throws Error when one does not start */
  static async start(bench: Bench, store: SharedStore): Promise<Pair> {
    const pair = new Pair([new Node(bench, store, 'node-1'), new Node(bench, store, 'node-2')], bench.fail);
    for (const node of pair.nodes) node.names = pair.nodes.map(({ place }) => place.address);
    for (const node of pair.nodes) await node.start();
    return pair;
  }

  /**
   * Asks one of the two. Only a dead one may leave a client without an answer, and none may let it wait beyond the deadline.
   * @returns undefined when there is no answer
   */
  async ask(which: number, ...request: Parameters<TrialServer['send']>): Promise<Answer | undefined> {
    const node = this.nodes[which % 2 === 0 ? 0 : 1];
    const { server, deaths } = node;
    if (!server) return undefined;
    const begun = performance.now();
    let answer: Answer | undefined;
    let problem = '';
    try {
      answer = await server.send(...request);
    } catch (error) {
      problem = String(error);
    }
    const waited = performance.now() - begun;
    if (answer && answer.status < 300) node.noteDone();
    if (node.deaths !== deaths) return answer;
    const [method, path] = request;
    if (!answer) this.#fail(`${method} ${path}: no answer of a node that lives: ${problem}`);
    else this.slowest = Math.max(this.slowest, waited);
    if (waited > scaled(DEADLINE + ON_THE_WAY))
      this.#fail(`${method} ${path}: waited ${waited.toFixed(0)} ms for ${answer?.status ?? 'nothing'}`);
    return answer;
  }
}
