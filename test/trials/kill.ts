import { join } from 'node:path';
import { checkIntegrity } from '../../connector/backend/sqlite/file/integrity.ts';
import { Account } from './ledger.ts';
import { Random } from './random.ts';
import type { Bench, Trial } from './trial.ts';
import type { TrialServer } from './trial-server.ts';

const WORKERS = 16;
const SCHEMAS = ['urn:scim:schemas:core:1.0'];
/** Acknowledged writes before the server may die, at most. */
const MOST_WRITES = 120;

interface Shown {
  readonly id: string;
  readonly title?: string;
  readonly displayName?: string;
}

/** A client that writes one thing after another to people of its own. */
class Worker {
  readonly accounts: Account[] = [];
  readonly #name: string;
  readonly #random: Random;
  #marks = 0;

  constructor(name: string, random: Random) {
    this.#name = name;
    this.#random = random;
  }

  /** One write. @returns whether it was acknowledged. @throws Error when no answer came */
  async write(server: TrialServer, fail: (text: string) => void): Promise<boolean> {
    const there = this.accounts.filter(({ isThere }) => isThere);
    const kind = there.length < 3 ? 'POST' : this.#random.pick(['POST', 'PUT', 'PUT', 'PATCH', 'PATCH', 'DELETE']);
    if (kind === 'POST') this.accounts.push(new Account(`${this.#name}-${this.accounts.length}`));
    const account = kind === 'POST' ? this.accounts.at(-1) : this.#random.pick(there);
    if (!account) throw new Error('no account');
    // Rows of one page and of several.
    const mark = kind === 'DELETE' ? undefined : `${++this.#marks}-${'x'.repeat(this.#random.below(3000))}`;
    account.begin(mark);
    const path = kind === 'POST' ? '/Users' : `/Users/${account.id}`;
    const marked = { schemas: SCHEMAS, title: mark, displayName: mark };
    const body = { DELETE: undefined, PATCH: marked }[kind as string] ?? { ...marked, userName: account.name };
    const { status, text } = await server.send(kind, path, kind === 'DELETE' ? undefined : body);
    if (status >= 300) {
      account.refuse();
      fail(`${kind} ${path} answered ${status}: ${text.slice(0, 200)}`);
      return false;
    }
    account.acknowledge(mark);
    if (kind === 'POST') account.id = (JSON.parse(text) as Shown).id;
    return true;
  }
}

/** Writes until the process is killed under it. @returns acknowledged writes */
async function writeAndKill(bench: Bench, server: TrialServer, workers: readonly Worker[]): Promise<number> {
  const enough = 1 + bench.random.below(MOST_WRITES);
  const delay = bench.random.below(20);
  let acknowledged = 0;
  let killed: Promise<void> | undefined;
  const kill = (): void => {
    killed ??= new Promise((resolve) => setTimeout(resolve, delay)).then(() => server.kill());
  };
  await Promise.all(
    workers.map(async (worker) => {
      try {
        for (;;) {
          if (await worker.write(server, bench.fail)) acknowledged += 1;
          if (acknowledged >= enough) kill();
        }
      } catch (error) {
        // Without an answer because it is dead: what a client sees of it.
        if (!killed) throw error;
      }
    }),
  );
  await killed;
  return acknowledged;
}

async function look(server: TrialServer, account: Account): Promise<string | undefined> {
  const filter = encodeURIComponent(`userName eq "${account.name}"`);
  const { status, text } = await server.send('GET', `/Users?filter=${filter}`);
  if (status !== 200) return `${account.name}: the search answered ${status}`;
  const [shown, ...others] = (JSON.parse(text) as { Resources?: Shown[] }).Resources ?? [];
  if (others.length > 0) return `${account.name} is there ${others.length + 1} times`;
  if (shown && account.id !== undefined && shown.id !== account.id) return `${account.name} has another id`;
  account.id = shown?.id;
  const wrong = account.found([shown?.title, shown?.displayName]);
  if (wrong !== undefined || !shown) return wrong;
  const byId = await server.send('GET', `/Users/${shown.id}`);
  return byId.status === 200 ? undefined : `${account.name} answers ${byId.status} by its id`;
}

const accountsOf = (workers: readonly Worker[]): readonly Account[] => workers.flatMap(({ accounts }) => accounts);

/** Those of the last round, one by one, by name and by id. */
async function examine({ fail }: Bench, server: TrialServer, accounts: readonly Account[]): Promise<void> {
  for (let from = 0; from < accounts.length; from += WORKERS) {
    const wrong = await Promise.all(accounts.slice(from, from + WORKERS).map((account) => look(server, account)));
    for (const text of wrong) if (text !== undefined) fail(text);
  }
}

/** Everybody there ever was, page by page as an import reads them. */
async function examineAll({ fail }: Bench, server: TrialServer, accounts: readonly Account[]): Promise<void> {
  const shown = new Map<string, Shown>();
  for (let start = 1, total = 1; start <= total; start += 200) {
    const { text } = await server.send('GET', `/Users?startIndex=${start}&count=200`);
    const page = JSON.parse(text) as { totalResults: number; Resources?: (Shown & { userName: string })[] };
    total = page.totalResults;
    for (const one of page.Resources ?? []) shown.set(one.userName, one);
  }
  for (const account of accounts) {
    const one = shown.get(account.name);
    const wrong = account.found([one?.title, one?.displayName]);
    if (wrong !== undefined) fail(`in the list ${wrong}`);
    shown.delete(account.name);
  }
  for (const name of shown.keys()) fail(`${name} is listed, and nobody made it`);
}

export const kill: Trial = {
  promise: 'after kill -9 at any moment every acknowledged write is there, and none is half done',
  counts: 'kills',
  count: 25,
  patience: 30,
  run: async (bench) => {
    const everybody: Account[] = [];
    let acknowledged = 0;
    let server = await bench.serve();
    for (let round = 1; round <= bench.count; round += 1) {
      const workers = Array.from({ length: WORKERS }, (_, index) => {
        return new Worker(`round${round}-client${index}`, new Random(bench.seed * 1000 + round * WORKERS + index));
      });
      acknowledged += await writeAndKill(bench, server, workers);
      server = await bench.serve();
      const accounts = accountsOf(workers);
      await examine(bench, server, accounts);
      everybody.push(...accounts);
    }
    await examineAll(bench, server, everybody);
    await server.stop();
    for (const problem of checkIntegrity(join(bench.folder, 'connector.db'))) bench.fail(`integrity: ${problem}`);
    return { 'acknowledged writes': acknowledged, people: everybody.filter(({ isThere }) => isThere).length };
  },
};
