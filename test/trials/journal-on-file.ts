import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { StoredRecord } from '../../connector/journal/journal-store.ts';
import { verifyPassword } from '../../connector/secrets/password-hash.ts';
import { Random } from '../../connector/simulator/random.ts';
import { recordsIn } from '../support/records-in.ts';
import { type Booked, BookingClient, keyOf } from './booking-client.ts';
import type { Bench, Figures } from './trial.ts';
import type { TrialServer } from './trial-server.ts';

const CLIENTS = 12;
/** Acknowledged changes before the server may die, at most. */
const MOST_CHANGES = 80;

/** All that the journal holds, each record under what it is about. */
export function recordsByChange(file: string): ReadonlyMap<string, readonly StoredRecord[]> {
  const found = new Map<string, StoredRecord[]>();
  for (const one of recordsIn(file)) {
    const key = keyOf(one.client?.userAgent ?? '', one.name ?? '');
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return found;
}

/** @returns what is wrong about the record of a change, of which the store has told whether it was made */
export function judge(booked: Booked, wasMade: boolean, records: readonly StoredRecord[] = []): string | undefined {
  const { key, kind, status } = booked;
  const about = `${kind} ${key}, answered ${status ?? 'nothing'}`;
  if (records.length > 1) return `${about}: ${records.length} records`;
  const done = records.find(({ outcome }) => outcome === 'done');
  if (wasMade && !done) return `${about}: was made, and its record says ${records[0]?.outcome ?? 'nothing'}`;
  if (!wasMade && done) return `${about}: was not made, and its record says done`;
  return done && !booked.told(done) ? `${about}: its record says something else: ${JSON.stringify(done)}` : undefined;
}

/** Asks the file itself: nothing else shows a password. */
const passwordsIn =
  (file: string) =>
  async (name: string, password: string): Promise<boolean> => {
    const db = new Database(file, { readonly: true });
    try {
      const hash = db.prepare('SELECT password_hash FROM users WHERE user_name = ?').pluck().get(name);
      return typeof hash === 'string' && (await verifyPassword(hash, password));
    } finally {
      db.close();
    }
  };

/** Clients write until the process is killed under them. @returns acknowledged changes */
async function writeAndKill(bench: Bench, server: TrialServer, clients: readonly BookingClient[]): Promise<number> {
  const enough = 1 + bench.random.below(MOST_CHANGES);
  // From within a write to after the records have been written, synced and dropped.
  const delay = bench.random.pick([0, 5, 15, 40, 250, 500]);
  let acknowledged = 0;
  let killed: Promise<void> | undefined;
  await Promise.all(
    clients.map(async (client) => {
      try {
        for (;;) {
          const changes = await client.write(server, bench.fail);
          acknowledged += changes;
          if (acknowledged >= enough)
            killed ??= new Promise((resolve) => setTimeout(resolve, delay)).then(() => server.kill());
        }
      } catch (error) {
        if (!killed) throw error;
      }
    }),
  );
  await killed;
  return acknowledged;
}

/** A connector on a SQLite file that is killed again and again while clients write as Okta does. */
export async function journalOnFile(bench: Bench, count: number): Promise<Figures> {
  const hasPassword = passwordsIn(join(bench.folder, 'connector.db'));
  const all = new Map<string, { readonly booked: Booked; readonly wasMade: boolean }>();
  const figures = { acknowledged: 0, 'cut short and made': 0, 'cut short and not made': 0 };
  let server = await bench.serve();
  for (let round = 1; round <= count; round += 1) {
    const clients = Array.from(
      { length: CLIENTS },
      (_, index) => new BookingClient(`r${round}c${index}`, new Random(bench.seed * 1000 + round * CLIENTS + index)),
    );
    const acknowledged = await writeAndKill(bench, server, clients);
    figures.acknowledged += acknowledged;
    server = await bench.serve();
    for (const booked of clients.flatMap((client) => client.booked)) {
      const wasMade = booked.status === undefined ? await booked.seen(server, hasPassword) : booked.status < 300;
      if (booked.status === undefined) figures[wasMade ? 'cut short and made' : 'cut short and not made'] += 1;
      all.set(booked.key, { booked, wasMade });
    }
  }
  await server.stop();
  const records = recordsByChange(join(bench.folder, 'journal.db'));
  for (const [key, { booked, wasMade }] of all) {
    const wrong = judge(booked, wasMade, records.get(key));
    if (wrong !== undefined) bench.fail(wrong);
  }
  for (const [key, some] of records)
    if (!all.has(key) && some.some(({ outcome }) => outcome === 'done'))
      bench.fail(`a record of what nobody asked: ${key}`);
  return { ...figures, records: [...records.values()].flat().length };
}
