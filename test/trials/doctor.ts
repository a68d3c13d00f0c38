import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Entry } from '../../connector/operations/doctor/write/book.ts';
import { WRITING_STEPS } from '../../connector/operations/doctor/write/writing-steps.ts';
import type { DoctorOrder } from './doctor-process.ts';
import { DoctorRun } from './doctor-run.ts';
import { type DoctorStore, directoryStore, fileStore } from './doctor-stores.ts';
import type { Bench, Figures, Trial } from './trial.ts';
import type { TrialServer } from './trial-server.ts';

const SCHEMAS = ['urn:scim:schemas:core:1.0'];
/** No server of a trial is at a request for longer: less than in the product, to find out sooner. Unit: ms. */
const DOUBT = 5_000;
/** After a step, before the process is killed, at most: the next one takes as long. Unit: ms. */
const DELAY = 25;
/** Names as doctor's, which are people's own all the same. */
const PEOPLE = ['jane', 'john', 'zz-doctor', 'zz-doctor-a', 'zz-doctor-abcdefg', 'zz-doctor-abcdefg-ab'];
const OURS = /zz-doctor-[a-z0-9]{7}-[a-z]\b/g;

/** What is killed: seldom the server, which takes seconds to come back. */
const VICTIMS = [...Array<'doctor'>(18).fill('doctor'), 'both', 'server'] as const;

async function settle(server: TrialServer): Promise<void> {
  const ids: string[] = [];
  for (const userName of PEOPLE) {
    const body = { schemas: SCHEMAS, userName, name: { familyName: 'Trial' }, password: 'Secret-of-theirs.1' };
    const { status, text } = await server.send('POST', '/Users', body);
    if (status !== 201) throw new Error(`${userName} was answered ${status}: ${text}`);
    ids.push((JSON.parse(text) as { readonly id: string }).id);
  }
  const members = ids.map((value) => ({ value }));
  for (const displayName of ['everybody', 'zz-doctor-team'])
    await server.send('POST', '/Groups', { schemas: SCHEMAS, displayName, members });
}

/** What stands in the books, of all runs. */
function entriesIn(folder: string): readonly Entry[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap(
    (name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly entries: readonly Entry[] }).entries,
  );
}

const namesIn = (seen: ReadonlyMap<string, string>): ReadonlySet<string> =>
  new Set([...seen.values()].join('\n').match(OURS) ?? []);

/** What was there before and is not, or not as it was. */
function touched(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly string[] {
  return [...before].flatMap(([place, text]) =>
    now.get(place) === text ? [] : [`${place} was ${text} and is ${now.get(place) ?? 'gone'}`],
  );
}

/** Doctor against one server, killed again and again. */
class Killing {
  readonly #bench: Bench;
  readonly #store: DoctorStore;
  readonly #folder: string;
  #server: TrialServer;
  #before: ReadonlyMap<string, string>;
  left = 0;
  unanswered = 0;
  late = 0;
  looks = 0;

  private constructor(bench: Bench, name: string, store: DoctorStore, server: TrialServer) {
    this.#bench = bench;
    this.#store = store;
    this.#server = server;
    this.#folder = join(bench.folder, `books-${name}`);
    this.#before = new Map();
  }

  static async begin(bench: Bench, name: string, store: DoctorStore): Promise<Killing> {
    const server = await store.serve();
    await settle(server);
    const killing = new Killing(bench, name, store, server);
    killing.#before = await store.look();
    return killing;
  }

  #start(work: DoctorOrder['work']): DoctorRun {
    const authority = join(this.#bench.folder, 'authority.pem');
    writeFileSync(authority, this.#server.authority);
    const order = { url: this.#server.url, authority, folder: this.#folder, work, doubt: DOUBT };
    return new DoctorRun(order, { ...process.env, NODE_COMPILE_CACHE: join(this.#bench.folder, 'compiled') });
  }

  /** A run that is killed, or whose server is. */
  async breakOff(): Promise<void> {
    const { random } = this.#bench;
    const victim = random.pick(VICTIMS);
    const run = this.#start('write');
    await run.reached(1 + random.below(WRITING_STEPS.length + 2), random.below(DELAY));
    if (victim !== 'doctor') await this.#server.kill();
    if (victim !== 'server') await run.kill();
    else await run.end();
    if (victim !== 'doctor') this.#server = await this.#store.serve();
    const entries = entriesIn(this.#folder);
    this.left += entries.length;
    this.unanswered += entries.filter(({ asked }) => asked !== undefined).length;
  }

  /** The next start clears up; then nothing is there but what may still arrive, and that stands in a book. */
  async clearUp(): Promise<void> {
    await this.#start('clean').end();
    const seen = await this.#store.look();
    const entries = entriesIn(this.#folder);
    const known = new Set(entries.flatMap(({ names }) => names));
    this.looks += 1;
    for (const { names, asked } of entries)
      if (asked === undefined) this.#bench.fail(`${names.join(', ')} stands in a book, and was created long ago`);
    for (const name of namesIn(seen)) {
      if (known.has(name)) this.late += 1;
      else this.#bench.fail(`${name} is left, and no book knows of it`);
    }
    for (const one of touched(this.#before, seen)) this.#bench.fail(one);
  }

  /** Once nothing can be under way any more. */
  async end(): Promise<void> {
    await pause(DOUBT);
    await this.clearUp();
    const seen = await this.#store.look();
    for (const name of namesIn(seen)) this.#bench.fail(`${name} is left at the end`);
    if (seen.size !== this.#before.size) this.#bench.fail(`${seen.size} rows or entries; before ${this.#before.size}`);
    const books = entriesIn(this.#folder);
    if (books.length > 0) this.#bench.fail(`${books.length} entries are left in books at the end`);
    await this.#server.stop();
  }
}

const STORES = { file: fileStore, directory: directoryStore };

async function killOn(bench: Bench, name: keyof typeof STORES): Promise<Figures> {
  const killing = await Killing.begin(bench, name, await STORES[name](bench));
  for (let round = 1; round <= bench.count; round += 1) {
    await killing.breakOff();
    // At times a run comes upon several that were broken off, and is killed itself while it clears up.
    if (bench.random.below(4) > 0) await killing.clearUp();
  }
  await killing.end();
  const { left, unanswered, late, looks } = killing;
  return {
    'left by kills': left,
    'of them unanswered': unanswered,
    'arrived late': late,
    [`looks at a ${name}`]: looks,
  };
}

/** @param stores  what to try it on, as often each */
export const doctorOn = (...stores: readonly (keyof typeof STORES)[]): Trial => ({
  promise:
    'what doctor --write has made is gone after the next start, whenever it is killed, and nobody else is touched',
  counts: 'kills each',
  count: 40,
  patience: 30,
  run: async (bench) => {
    let figures: Figures = {};
    for (const store of stores) figures = { ...figures, ...(await killOn(bench, store)) };
    return figures;
  },
});

export const doctor = doctorOn('file', 'directory');
