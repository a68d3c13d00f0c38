import { join } from 'node:path';
import { LedgerFile } from '../../connector/holds/file/ledger-file.ts';
import { LedgerTables } from '../../connector/holds/postgres/ledger-tables.ts';
import type { Database } from '../../connector/postgres/database.ts';
import { PostgresPlace } from '../holds/places.ts';
import { missingPostgres } from '../support/postgres/installed.ts';
import { attempt, type HoldsPlace } from './holds-attempt.ts';
import { normalWeek } from './holds-week.ts';
import type { Trial } from './trial.ts';

/** How many people there are, by the share of rounds after which a week of theirs is replayed. */
const COMPANIES = [200, 2000, 20_000];

export const holds: Trial = {
  promise:
    'no mass change gets further than its limit, by however many requests, processes and deaths; and no normal week is held',
  counts: 'mass changes',
  count: 100,
  patience: 5,
  run: async ({ random, count, folder, fail }) => {
    const file = join(folder, 'holds.db');
    const inFile: HoldsPlace = { ledger: (now) => new LedgerFile({ file, now }), isTimely: false };
    const shared = (await missingPostgres()) === undefined ? new PostgresPlace() : undefined;
    await shared?.open();
    // Whoever starts again has one of two pools, as a connector has.
    const pools = shared ? [shared.database(), shared.database()] : [];
    let started = 0;
    const inTables: HoldsPlace = {
      ledger: () => new LedgerTables(pools[started++ % 2] as Database),
      isTimely: true,
    };
    // In the file the most, which many have.
    const places = [inFile, inFile, ...(shared ? [inTables] : [])];
    let [deaths, writes, days, changes] = [0, 0, 0, 0];
    for (let round = 1; round <= count; round += 1) {
      const result = await attempt(random.fork(), places[round % places.length] as HoldsPlace, `app${round}`);
      deaths += result.deaths;
      writes += result.writes;
      if (result.failure !== undefined) fail(result.failure);
    }
    await shared?.close();
    // A short run replays the small company alone.
    for (const people of COMPANIES.filter((size) => size <= Math.max(200, count * 2))) {
      const week = await normalWeek(random.fork(), join(folder, `week-${people}.db`), people);
      days += week.days;
      changes += week.changes;
      for (const hold of week.holds) fail(`a normal week of ${people} people is held: ${hold}`);
    }
    return { writes, deaths, days, 'changes of normal days': changes };
  },
};
