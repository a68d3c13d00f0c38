import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../../connector/simulator/random.ts';
import type { Account } from '../ledger.ts';
import { lookForEach, MarkingClient } from '../marking-client.ts';
import type { Bench, Figures } from '../trial.ts';
import { CountingClient } from './counting-client.ts';
import { GoingOn } from './going-on.ts';
import { judgeImport } from './import-judge.ts';
import { importPeople } from './importing.ts';
import { MovingClient } from './moving-client.ts';
import type { Pair } from './pair.ts';
import { make } from './settling.ts';

export interface KillsOptions {
  readonly page: number;
  /** Of one round, writing people of their own. */
  readonly writers: number;
  /** Of what they write. Unit: characters. */
  readonly longest: number;
}

/** In one import. */
const DEATHS = 3;
const COUNTERS = 3;
const MOVERS = 2;
/** Of each moving client. */
const MOVED = 25;

/** What is written round after round by clients that outlive them. */
interface Contested {
  readonly counters: readonly CountingClient[];
  readonly movers: readonly MovingClient[];
  readonly counter: string;
  readonly group: string;
}

async function contest(client: GoingOn, settled: ReadonlyMap<string, string>, random: Random): Promise<Contested> {
  const counter = `/Users/${await make(client, '/Users', { userName: 'counter', name: { familyName: 'Counter' } })}`;
  const group = `/Groups/${await make(client, '/Groups', { displayName: 'movers' })}`;
  const ids = [...settled.values()];
  return {
    counter,
    group,
    counters: Array.from({ length: COUNTERS }, (_, own) => new CountingClient(counter, own, COUNTERS)),
    movers: Array.from({ length: MOVERS }, (_, own) => {
      return new MovingClient(group, ids.slice(own * MOVED, (own + 1) * MOVED), random.fork());
    }),
  };
}

/** One import and many writes, and deaths of connectors in the middle of them. */
class Round {
  readonly accounts: Account[] = [];
  acknowledged = 0;
  moves = 0;
  #isOver = false;

  async run(
    bench: Bench,
    pair: Pair,
    number: number,
    { writers, page, longest, deaths }: KillsOptions & { readonly deaths: number },
    known: Known,
  ): Promise<void> {
    const random = new Random(bench.seed * 1_000_003 + number);
    const marking = Array.from({ length: writers }, (_, index) => {
      const segment = index % 2 === 0 ? ('v1' as const) : ('v2' as const);
      const options = { random: random.fork(), longest, segment, leavesOpen: () => false };
      return new MarkingClient({ name: `round${number}-client${index}`, ...options });
    });
    const clientOf = (index: number): GoingOn => new GoingOn(pair, index);
    const tasks: ((client: GoingOn) => Promise<unknown>)[] = [
      ...marking.map((one) => async (client: GoingOn) => {
        if (await one.write(client, bench.fail)) this.acknowledged += 1;
      }),
      ...known.contested.counters.map((one) => (client: GoingOn) => one.count(client, bench.fail)),
      ...known.contested.movers.map((one) => (client: GoingOn) => one.move(client, bench.fail)),
    ];
    const writing = tasks.map(async (task, index) => {
      const client = clientOf(index);
      for (let step = 0; !this.#isOver; step += 1) {
        await task(client);
        // What one of them was told, the other has to know.
        if (step % 3 === 2) client.turn();
      }
      this.moves += client.moves;
    });
    const by = number % 2 === 0 ? ('number' as const) : ('cursor' as const);
    try {
      await this.#importAndKill(bench, pair, random, { page, by, deaths }, known);
    } finally {
      this.#isOver = true;
      await Promise.allSettled(writing);
    }
    await Promise.all(writing);
    for (const one of marking) this.accounts.push(...one.accounts);
  }

  async #importAndKill(
    bench: Bench,
    pair: Pair,
    random: Random,
    { page, by, deaths }: { readonly page: number; readonly by: 'number' | 'cursor'; readonly deaths: number },
    { due, gone }: Known,
  ): Promise<void> {
    const pages = Math.ceil(due.size / page);
    const moments = Array.from({ length: deaths }, () => random.below(pages));
    let dying = Promise.resolve();
    // One after the other: a client finds one of them alive at any time.
    const die = async (): Promise<void> => {
      const node = pair.nodes[random.below(2) === 0 ? 0 : 1];
      await pause(random.below(30));
      await node.kill();
      await node.start();
    };
    const onPage = (number: number): void => {
      for (const moment of moments) if (moment === number) dying = dying.then(die);
      // Whoever asks for the next page finds out what became of it.
      dying.catch(() => undefined);
    };
    const client = new GoingOn(pair, random.below(2));
    try {
      const listed = await importPeople(client, { page, by, onPage });
      for (const wrong of judgeImport(listed, { due, mayBe: (name) => !gone.has(name) }))
        bench.fail(`by ${by}, ${wrong}`);
    } finally {
      await dying;
    }
    this.moves += client.moves;
  }
}

interface Known {
  readonly due: ReadonlyMap<string, string>;
  /** Names of people who were made once, and deleted before. */
  readonly gone: Set<string>;
  readonly contested: Contested;
}

/** Deletes whom a round has made, so that imports stay as long as they are. */
async function clear(client: GoingOn, accounts: readonly Account[], gone: Set<string>): Promise<void> {
  const there = accounts.filter(({ isThere, id }) => isThere && id !== undefined);
  for (let from = 0; from < there.length; from += 8) {
    const answers = await Promise.all(
      there.slice(from, from + 8).map(({ id }) => client.send('DELETE', `/Users/${id}`)),
    );
    for (const { status, text } of answers) if (status >= 300) throw new Error(`DELETE answered ${status}: ${text}`);
  }
  for (const { name } of accounts) gone.add(name);
}

/** @param due  whom every import has to show: all who are there, and stay */
export async function kills(
  bench: Bench,
  pair: Pair,
  { count, due, ...options }: KillsOptions & { readonly count: number; readonly due: ReadonlyMap<string, string> },
): Promise<Figures> {
  const client = new GoingOn(pair, 0);
  const known: Known = { due, gone: new Set(), contested: await contest(client, due, bench.random) };
  let [acknowledged, moves] = [0, 0];
  for (let number = 0, left = count; left > 0; number += 1) {
    const round = new Round();
    const deaths = Math.min(left, DEATHS);
    left -= deaths;
    await round.run(bench, pair, number, { ...options, deaths }, known);
    for (const which of [0, 1]) await lookForEach(new GoingOn(pair, which), round.accounts, bench.fail);
    await clear(client, round.accounts, known.gone);
    acknowledged += round.acknowledged;
    moves += round.moves;
  }
  const { counters, movers, counter, group } = known.contested;
  const { text } = await client.attempt('GET', counter);
  const { title = '' } = JSON.parse(text) as { title?: string };
  const told = counters.map(({ done }) => done).join(' ');
  if (counters.some(({ done }) => done > 0) && title !== told) bench.fail(`counted ${told}; the counter says ${title}`);
  const shown = JSON.parse((await client.attempt('GET', group)).text) as { members?: { value: string }[] };
  for (const one of movers)
    one.judge(
      (shown.members ?? []).map(({ value }) => value),
      bench.fail,
    );
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  return {
    kills: pair.nodes[0].deaths + pair.nodes[1].deaths,
    'acknowledged writes': acknowledged,
    'increments of one counter': sum(counters.map(({ done }) => done)),
    'moves in one group': sum(movers.map((one) => one.moves)),
    'went on at the other': moves,
  };
}
