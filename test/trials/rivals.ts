import type { DirectoryLab } from '../support/directories/directory-lab.ts';
import type { Answer } from '../support/http-client.ts';
import { serveDirectory } from './directory-servers.ts';
import type { Bench } from './trial.ts';
import type { TrialServer } from './trial-server.ts';

const SCHEMAS = ['urn:scim:schemas:core:1.0'];
const CLIENTS = 6;

interface Shown {
  readonly id: string;
  readonly title?: string;
  readonly userName?: string;
  readonly meta: { readonly version: string };
  readonly members?: readonly { readonly value: string }[];
}

/** What a race came to. */
export interface Score {
  acknowledged: number;
  /** 412: somebody was faster, and the client knows. */
  overtaken: number;
}

/** Six clients of two connectors that know nothing of each other, on one directory. */
export class Rivals {
  readonly score: Score = { acknowledged: 0, overtaken: 0 };
  readonly #bench: Bench;
  readonly #lab: DirectoryLab;
  readonly #servers: readonly [TrialServer, TrialServer];

  private constructor(bench: Bench, lab: DirectoryLab, servers: readonly [TrialServer, TrialServer]) {
    this.#bench = bench;
    this.#lab = lab;
    this.#servers = servers;
  }

  static async start(bench: Bench, lab: DirectoryLab): Promise<Rivals> {
    const start = (name: string): Promise<TrialServer> =>
      serveDirectory(bench, lab, `${lab.flavour.name}-connector-${name}`);
    return new Rivals(bench, lab, [await start('one'), await start('two')]);
  }

  get #domain(): string {
    return this.#lab.flavour.name === 'samba' ? '@lab.example.com' : '';
  }

  #fail(text: string): void {
    this.#bench.fail(`${this.#lab.flavour.name}: ${text}`);
  }

  /**
   * Who does what at the same time, in turns of one connector and the other, until `operations` are acknowledged.
   * @param isConditional  the client sends If-Match, and is told when it was overtaken
   */
  async #race(
    operations: number,
    step: (server: TrialServer, client: number) => Promise<Answer>,
    isConditional = true,
  ): Promise<number> {
    let done = 0;
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        const server = this.#servers[client % 2 === 0 ? 0 : 1];
        while (done < operations) {
          const { status, text } = await step(server, client);
          if (status === 200) done += 1;
          else if (status === 412 && isConditional) this.score.overtaken += 1;
          else {
            this.#fail(`answered ${status}: ${text.slice(0, 200)}`);
            return;
          }
        }
      }),
    );
    this.score.acknowledged += done;
    return done;
  }

  async #make(path: '/Users' | '/Groups', attributes: object): Promise<string> {
    const { status, text } = await this.#servers[0].send('POST', path, { schemas: SCHEMAS, ...attributes });
    if (status !== 201) throw new Error(`POST ${path} answered ${status}: ${text}`);
    return (JSON.parse(text) as Shown).id;
  }

  #person(name: string): Promise<string> {
    const userName = `${name}${this.#domain}`;
    return this.#make('/Users', { userName, name: { familyName: name }, password: 'Some-Secret.1', active: true });
  }

  async #read(server: TrialServer, path: string): Promise<Shown> {
    const { status, text } = await server.send('GET', path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${text}`);
    return JSON.parse(text) as Shown;
  }

  /** A counter under If-Match, in an attribute that is absent at first. */
  async count(operations: number): Promise<void> {
    const path = `/Users/${await this.#person('counter')}`;
    const done = await this.#race(operations, async (server) => {
      const { title = '0', meta } = await this.#read(server, path);
      const next = { schemas: SCHEMAS, title: String(Number(title) + 1) };
      return server.send('PATCH', path, next, { 'If-Match': meta.version });
    });
    const { title } = await this.#read(this.#servers[0], path);
    if (Number(title) !== done) this.#fail(`${done} increments of title were acknowledged; it is ${title}`);
  }

  /** A counter under If-Match, in the name itself. */
  async rename(operations: number): Promise<void> {
    const path = `/Users/${await this.#person('renamed-0')}`;
    const numberIn = ({ userName = '' }: Shown): number => Number(/^renamed-(\d+)/.exec(userName)?.[1]);
    const done = await this.#race(operations, async (server) => {
      const shown = await this.#read(server, path);
      const userName = `renamed-${numberIn(shown) + 1}${this.#domain}`;
      return server.send('PATCH', path, { schemas: SCHEMAS, userName }, { 'If-Match': shown.meta.version });
    });
    const found = numberIn(await this.#read(this.#servers[0], path));
    if (found !== done) this.#fail(`${done} renames were acknowledged; the name counts ${found}`);
  }

  /** A group that each client PUTs whole, with somebody of its own in it or out of it, under If-Match. */
  async join(operations: number): Promise<void> {
    const people = await Promise.all(Array.from({ length: CLIENTS }, (_, client) => this.#person(`member${client}`)));
    const path = `/Groups/${await this.#make('/Groups', { displayName: 'rivals' })}`;
    const isIn = new Map(people.map((id) => [id, false]));
    await this.#race(operations, async (server, client) => {
      const own = people[client] ?? '';
      const { members = [], meta } = await this.#read(server, path);
      const others = members.filter(({ value }) => value !== own).map(({ value }) => ({ value }));
      const joins = others.length === members.length;
      const next = joins ? [...others, { value: own }] : others;
      const body = { schemas: SCHEMAS, displayName: 'rivals', members: next };
      const answer = await server.send('PUT', path, body, { 'If-Match': meta.version });
      if (answer.status === 200) isIn.set(own, joins);
      return answer;
    });
    const { members = [] } = await this.#read(this.#servers[0], path);
    const found = new Set(members.map(({ value }) => value));
    for (const [id, due] of isIn) {
      if (found.has(id) !== due)
        this.#fail(`a member was ${due ? 'added' : 'taken out'}, and is ${due ? 'out' : 'in'}`);
    }
  }

  /** Attributes of one person, each written by one client that sends no If-Match. */
  async share(operations: number): Promise<void> {
    const path = `/Users/${await this.#person('shared')}`;
    const forms: readonly ((value: string) => object)[] = [
      (value) => ({ title: value }),
      (value) => ({ displayName: value }),
      (value) => ({ name: { givenName: value } }),
      (value) => ({ name: { familyName: value } }),
      (value) => ({ userType: value }),
      (value) => ({ preferredLanguage: value }),
    ];
    const written = forms.map(() => 0);
    await this.#race(
      operations,
      async (server, client) => {
        const next = (written[client] ?? 0) + 1;
        const form = forms[client];
        if (!form) throw new Error('no attribute for this client');
        const answer = await server.send('PATCH', path, { schemas: SCHEMAS, ...form(`${client}00${next}`) });
        if (answer.status === 200) written[client] = next;
        return answer;
      },
      false,
    );
    const text = JSON.stringify(await this.#read(this.#servers[0], path));
    for (const [client, last] of written.entries()) {
      const value = `${client}00${last}`;
      if (last > 0 && !new RegExp(`"${value}"`).test(text)) this.#fail(`${value} was acknowledged; found ${text}`);
    }
  }
}
