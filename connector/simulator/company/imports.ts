import type { OktaAgent } from '../agent.ts';
import { type Kind, shownIn } from '../belief/attributes.ts';
import type { Beliefs } from '../belief/beliefs.ts';
import { AgentRestarted } from '../chaos/restarting-agent.ts';
import type { Known } from '../payload.ts';

const KINDS: readonly Kind[] = ['user', 'group'];

const described = (kind: Kind, resource: Known): string =>
  JSON.stringify([...shownIn(kind, resource)].sort(([a], [b]) => (a < b ? -1 : 1)));

/** What imports told Okta: the first one everything, each later one what changed since the one before began. */
export class Imports {
  readonly #beliefs: Beliefs;
  readonly #mirror = new Map<string, string>();
  #since: Date | undefined;
  made = 0;

  readonly #match: (users: readonly Known[]) => void;

  /** @param match  is told of users that came */
  constructor(beliefs: Beliefs, match: (users: readonly Known[]) => void) {
    this.#beliefs = beliefs;
    this.#match = match;
  }

  /** Groups first, then users (docs/okta-agent.md, Imports). Begins again when the agent restarts in it. */
  async full(agent: OktaAgent, onPage?: () => Promise<void>): Promise<void> {
    const since = new Date();
    const due = new Map(KINDS.map((kind) => [kind, this.#certain(kind)] as const));
    try {
      this.#take('group', await agent.downloadGroups(onPage), due.get('group'));
      this.#take('user', await agent.downloadUsers(onPage), due.get('user'));
    } catch (error) {
      if (!(error instanceof AgentRestarted)) throw error;
      return this.full(agent);
    }
    this.made += 1;
    this.#since = since;
  }

  /** What changed; everything when there was no import. */
  async changed(agent: OktaAgent, onPage?: () => Promise<void>): Promise<void> {
    if (!this.#since) return this.full(agent, onPage);
    const since = new Date();
    try {
      this.#take('group', await agent.downloadChangedGroups(this.#since, onPage));
      this.#take('user', await agent.downloadChangedUsers(this.#since, onPage));
    } catch (error) {
      if (!(error instanceof AgentRestarted)) throw error;
      return this.changed(agent);
    }
    this.made += 1;
    this.#since = since;
  }

  /** @param fresh  everybody there is, once nothing changes any more */
  compare(kind: Kind, fresh: readonly Known[]): void {
    if (this.made === 0) return;
    for (const resource of fresh) {
      const seen = this.#mirror.get(`${kind} ${resource.id}`);
      const is = described(kind, resource);
      if (seen === is) continue;
      const { name = resource.id, told = '' } = this.#beliefs.get(kind, resource.id) ?? {};
      this.#beliefs.diverge(`imports told Okta of ${name} ${seen ?? 'nothing'}, and there is ${is}; ${told}`);
    }
  }

  #certain(kind: Kind): ReadonlySet<string> {
    const certain = this.#beliefs.of(kind).filter(({ register }) => !register.possible('there').has('no'));
    return new Set(certain.map(({ id }) => id));
  }

  #take(kind: Kind, resources: readonly Known[], due: ReadonlySet<string> = new Set()): void {
    for (const resource of resources) this.#mirror.set(`${kind} ${resource.id}`, described(kind, resource));
    if (kind === 'user') this.#match(resources);
    const found = new Set(resources.map(({ id }) => id));
    const still = this.#certain(kind);
    for (const id of due) {
      if (found.has(id) || !still.has(id)) continue;
      const belief = this.#beliefs.get(kind, id);
      this.#beliefs.diverge(`${belief?.name} was lost from an import; ${belief?.told}`);
    }
  }
}
