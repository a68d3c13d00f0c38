import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { StoredRecord } from '../../connector/journal/journal-store.ts';
import { Random } from '../../connector/simulator/random.ts';
import type { DirectoryLab } from '../support/directories/directory-lab.ts';
import { peopleLdif } from '../support/directories/people.ts';
import { recordsIn } from '../support/records-in.ts';
import { TcpRelay } from '../support/tcp-relay.ts';
import { serveDirectory, startDirectory } from './directory-servers.ts';
import { TellingClient, type Told } from './telling-client.ts';
import type { Bench, Figures } from './trial.ts';
import type { TrialServer } from './trial-server.ts';

const CLIENTS = 8;
/** People who may be members: enough that a change of a group takes several writes. */
const POOL = 600;
/** Acknowledged writes before something dies, at most. */
const MOST_WRITES = 60;
const FOLDER = 'journal-directory';

/** What dies while clients write. In the last three the connector lives on, and the directory comes back. */
const DEATHS = ['connector', 'connector', 'connector', 'directory', 'reset', 'mute'] as const;
type Death = (typeof DEATHS)[number];

/** Records of the journal by the mark of the request, the last one of several. */
function recordsByMark(file: string): ReadonlyMap<string, StoredRecord> {
  return new Map(recordsIn(file).map((one) => [one.client?.userAgent ?? '', one]));
}

function openIntents(file: string): number {
  const db = new Database(file, { readonly: true });
  try {
    return Number(db.prepare('SELECT count(*) FROM intent').pluck().get());
  } finally {
    db.close();
  }
}

async function until(is: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let left = 600; left > 0; left -= 1) {
    if (await is()) return;
    await pause(100);
  }
  throw new Error(`not within a minute: ${what}`);
}

/** Ids of everybody in the directory. */
async function idsOf(server: TrialServer): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let start = 1; ids.length < POOL; start += 200) {
    const { text } = await server.send('GET', `/Users?startIndex=${start}&count=200&attributes=userName`);
    ids.push(
      ...(JSON.parse(text) as { readonly Resources: readonly { readonly id: string }[] }).Resources.map(({ id }) => id),
    );
  }
  return ids;
}

/** One connector over a directory, and what is told of it. */
class Company {
  readonly #bench: Bench;
  readonly #lab: DirectoryLab;
  readonly #relay: TcpRelay;
  server: TrialServer;

  private constructor(bench: Bench, lab: DirectoryLab, relay: TcpRelay, server: TrialServer) {
    this.#bench = bench;
    this.#lab = lab;
    this.#relay = relay;
    this.server = server;
  }

  static async start(bench: Bench): Promise<Company> {
    const lab = await startDirectory(bench, 'openldap');
    await lab.load(peopleLdif(lab.flavour, POOL));
    const relay = await new TcpRelay(lab.securePort).listen();
    bench.whenOver(() => relay.close());
    return new Company(bench, lab, relay, await serveDirectory(bench, lab, FOLDER, relay.port));
  }

  async die(how: Death): Promise<void> {
    const { random } = this.#bench;
    await pause(random.below(20));
    if (how === 'connector') {
      await this.server.kill();
      // What was sent by a process that is gone may still be done.
      this.server = await serveDirectory(this.#bench, this.#lab, FOLDER, this.#relay.port);
      return;
    }
    this.#relay.isMute = how === 'mute';
    if (how === 'directory') await this.#lab.kill();
    await pause(random.below(300));
    if (how === 'directory') await this.#lab.start();
    else this.#relay.cut('reset');
    this.#relay.isMute = false;
    await until(async () => (await this.server.send('GET', '/Users?count=1')).status === 200, 'the directory is back');
  }
}

/** Clients write until something has died. */
async function round(bench: Bench, company: Company, clients: readonly TellingClient[], how: Death): Promise<number> {
  const enough = 1 + bench.random.below(MOST_WRITES);
  const { server } = company;
  let acknowledged = 0;
  let isOver = false;
  let death: Promise<void> | undefined;
  await Promise.all(
    clients.map(async (client) => {
      try {
        // Nobody writes where an answer is missing: what is there then is what came of it.
        while (!isOver && (await client.write(server))) {
          acknowledged += 1;
          if (acknowledged < enough) continue;
          death ??= company.die(how).finally(() => {
            isOver = true;
          });
        }
      } catch (error) {
        if (!death) throw error;
      }
    }),
  );
  await (death ?? company.die(how));
  return acknowledged;
}

/** @returns what is wrong about the record of a request, or is missing */
export async function judge(
  server: TrialServer,
  told: Told,
  record: StoredRecord | undefined,
): Promise<string | undefined> {
  const { mark, kind, status, text } = told;
  const about = `${kind} ${mark}, answered ${status ?? 'nothing'}${status !== undefined && status >= 300 ? ` (${text})` : ''}`;
  if (status !== undefined && status < 300) {
    if (!record) return `${about}: no record`;
    if (record.outcome !== 'done') return `${about}: its record says ${record.outcome}`;
  }
  if (status !== undefined && status >= 300 && !record) return `${about}: no record`;
  const extent = await told.extent(server);
  if (!record)
    return extent === 'whole' || extent === 'part' ? `${about}: no record, and it is there: ${extent}` : undefined;
  const isWrong =
    (record.outcome === 'done' && extent === 'none') ||
    ((record.outcome === 'not done' || record.outcome === 'refused') && (extent === 'whole' || extent === 'part'));
  return isWrong ? `${about}: its record says ${record.outcome}, and what it asked for is there: ${extent}` : undefined;
}

/** A connector that is killed, and a directory that goes away, while clients write as Okta does. */
export async function journalOnDirectory(bench: Bench, count: number): Promise<Figures> {
  const company = await Company.start(bench);
  const pool = await idsOf(company.server);
  const all: TellingClient[] = [];
  let acknowledged = 0;
  for (let number = 0; number < count; number += 1) {
    const clients = Array.from({ length: CLIENTS }, (_, index) => {
      const random = new Random(bench.seed * 1000 + number * CLIENTS + index);
      return new TellingClient({ name: `d${number}c${index}`, random, pool });
    });
    acknowledged += await round(bench, company, clients, DEATHS[number % DEATHS.length] ?? 'connector');
    all.push(...clients);
  }
  const file = join(bench.folder, FOLDER, 'journal.db');
  await until(() => openIntents(file) === 0, 'every announced write is settled');
  const records = recordsByMark(file);
  const outcomes = new Map<string, number>();
  for (const { told } of all) {
    for (const [index, one] of told.entries()) {
      const record = records.get(one.mark);
      const isLast = index === told.length - 1;
      if (isLast && record) outcomes.set(record.outcome, (outcomes.get(record.outcome) ?? 0) + 1);
      // What came before the last one has been written over since.
      const seen = isLast ? one : { ...one, extent: async () => 'hidden' as const };
      const wrong = await judge(company.server, seen, record);
      if (wrong !== undefined) bench.fail(wrong);
    }
  }
  const cutShort = Object.fromEntries(
    [...outcomes].map(([outcome, number]) => [`last of a client: ${outcome}`, number]),
  );
  return { deaths: count, 'acknowledged by a directory': acknowledged, ...cutShort };
}
