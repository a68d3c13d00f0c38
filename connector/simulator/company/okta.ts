import { OktaAgent, type OktaAgentOptions } from '../agent.ts';
import type { Traits } from '../belief/belief.ts';
import { Beliefs } from '../belief/beliefs.ts';
import { Witness } from '../belief/witness.ts';
import { changingPages, pageSize } from '../chaos/changing-pages.ts';
import { ChaoticSender } from '../chaos/chaotic-sender.ts';
import { disturbances as all } from '../chaos/disturbances.ts';
import { overlap } from '../chaos/overlap.ts';
import type { Disturbance, Send } from '../chaos/sent.ts';
import { AgentCallFailed, type Sender } from '../connection.ts';
import { agent11 } from '../manner/agent.ts';
import type { Manner } from '../manner/manner.ts';
import type { Known } from '../payload.ts';
import type { Random } from '../random.ts';
import { Company, type Kept } from './company.ts';
import { Imports } from './imports.ts';
import { type Planned, planned } from './planned.ts';

export interface OktaOptions {
  /** Base URLs of the connectors that serve one store; the first is what messages go to unless disturbed. */
  readonly nodes: readonly string[];
  readonly sender: Sender;
  readonly random: Random;
  readonly store: Traits &
    Kept & {
      /** New ones come last in lists, so that an import may overlap with creates. */
      readonly appends: boolean;
    };
  readonly agent?: Omit<OktaAgentOptions, 'baseUrl' | 'sender' | 'pageSize' | 'manner'>;
  /** Who speaks to the connector: several in turn, at once. SCIM 1.1's agent by default. */
  readonly manners?: readonly Manner[];
  readonly disturbances?: readonly Disturbance[];
  /** Most people to make. */
  readonly most: number;
}

interface Lane {
  readonly agent: OktaAgent;
  readonly chaos: ChaoticSender;
}

/** Stands for the place of the base URL, until a node is chosen. */
const BASE = 'okta:';

/** The base URL of a version, from that of any. */
const baseOf = (url: string, segment: string): string => url.replace(/\/v\d$/, `/${segment}`);

/** What the witness judges better, because it knows what was under way. */
const ECHO = / was sent as .* and came back as /;

/** Okta with an app: does what admins and jobs have it do, in an order that a seed chooses, and compares in the end. */
export class Okta {
  readonly beliefs: Beliefs;
  readonly company: Company;
  readonly imports: Imports;
  readonly #witness: Witness;
  readonly #options: OktaOptions;
  readonly #send: Send;
  readonly #earlier: ChaoticSender[] = [];
  #lanes: readonly Lane[] = [];
  #calm: readonly OktaAgent[] = [];

  constructor(options: OktaOptions) {
    this.#options = options;
    this.beliefs = new Beliefs(options.store);
    this.company = new Company(options.store);
    this.imports = new Imports(this.beliefs, (users) => this.company.match(users));
    const toNode: Send = ({ node, segment, method, path, headers, body }) =>
      options.sender.send(method, `${baseOf(options.nodes[node] ?? '', segment)}${path}`, headers, body);
    this.#witness = new Witness(this.beliefs, toNode);
    this.#send = this.#witness.send;
    this.speak(options.manners ?? [agent11]);
  }

  /** From now on these are who speaks: the same people and groups, another client. */
  speak(manners: readonly Manner[]): void {
    this.#earlier.push(...this.#lanes.map(({ chaos }) => chaos));
    const chaos = this.#options.disturbances ?? all;
    this.#lanes = Array.from({ length: overlap.most }, (_, i) => this.#lane(chaos, manners[i % manners.length]));
    // Who has another version sees the same.
    const both = new Map(manners.map((manner) => [manner.speech.version, manner] as const));
    this.#calm = [...both.values()].map((manner) => this.#lane([], manner).agent);
  }

  #lane(disturbances: readonly Disturbance[], manner = agent11): Lane {
    const { agent, nodes, random } = this.#options;
    const { segment } = manner.speech;
    const options = { baseUrl: BASE, segment, nodes: nodes.length, disturbances, send: this.#send };
    const chaos = new ChaoticSender(options, random.fork());
    const size = (): number => (disturbances.length === 0 ? changingPages.usual : pageSize(chaos.random));
    return { agent: new OktaAgent({ ...agent, manner, baseUrl: BASE, sender: chaos, pageSize: size }), chaos };
  }

  /** Messages that the wire has carried. */
  get messages(): number {
    return this.#witness.messages;
  }

  /** Of them, refused because something else was in the way. */
  get refused(): number {
    return this.#witness.refused;
  }

  /** How often each disturbance happened. */
  get disturbed(): Readonly<Record<string, number>> {
    const sums: Record<string, number> = {};
    for (const { counts } of [...this.#earlier, ...this.#lanes.map(({ chaos }) => chaos)]) {
      for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
    }
    return sums;
  }

  /** Until the wire has carried so many messages. */
  async work(messages: number): Promise<void> {
    const { random, store, most } = this.#options;
    while (this.messages < messages) {
      const round = planned(this.company, random, { lanes: this.#lanes.length, appends: store.appends, most });
      // Lists that are read meanwhile must not shift.
      const mayMove = !round.some(({ imports }) => imports);
      await Promise.all(round.map((task, index) => this.#do(task, this.#lanes[index], mayMove)));
    }
  }

  async #do(task: Planned, lane: Lane | undefined, mayMove: boolean): Promise<void> {
    if (!lane) return;
    lane.chaos.random = task.random;
    lane.chaos.mayMove = mayMove;
    const { agent } = lane;
    const known = agent.findings.length;
    try {
      await task.run({ agent, random: task.random, company: this.company, imports: this.imports });
    } catch (error) {
      // Whether it was right to refuse, the witness has judged.
      if (!(error instanceof AgentCallFailed)) throw error;
    }
    this.#report(task.name, agent, known);
  }

  #report(name: string, { findings }: OktaAgent, known: number): void {
    for (const finding of findings.slice(known)) {
      if (!ECHO.test(finding)) this.beliefs.diverge(`${name}: ${finding}`);
    }
  }

  /** Everybody and every group, read afresh, compared with what Okta believes. @returns each divergence in a sentence */
  async compare(): Promise<{ readonly users: readonly Known[]; readonly groups: readonly Known[] }> {
    const [first, ...others] = this.#calm;
    if (!first) throw new Error('nobody speaks');
    await this.imports.changed(first);
    const there = await this.#compareBy(first);
    for (const other of others) await this.#compareBy(other);
    for (const stranger of this.beliefs.strangers) this.beliefs.diverge(stranger);
    for (const calm of this.#calm) this.#report('the comparison', calm, 0);
    return there;
  }

  async #compareBy(agent: OktaAgent): Promise<{ readonly users: readonly Known[]; readonly groups: readonly Known[] }> {
    const users = await agent.downloadUsers();
    const groups = await agent.downloadGroups();
    for (const [kind, there] of [['user', users] as const, ['group', groups] as const]) {
      const found = new Set(there.map(({ id }) => id));
      for (const resource of there) this.beliefs.see(kind, resource);
      for (const belief of this.beliefs.of(kind)) {
        if (!found.has(belief.id) && !belief.register.possible('there').has('no')) {
          this.beliefs.diverge(`${belief.name} is lost; ${belief.told}`);
        }
      }
      this.imports.compare(kind, there);
    }
    return { users, groups };
  }
}
