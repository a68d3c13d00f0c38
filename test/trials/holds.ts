import { join } from 'node:path';
import { attempt } from './holds-attempt.ts';
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
    let [deaths, writes, days, changes] = [0, 0, 0, 0];
    for (let round = 1; round <= count; round += 1) {
      const result = await attempt(random.fork(), join(folder, 'holds.db'), `app${round}`);
      deaths += result.deaths;
      writes += result.writes;
      if (result.failure !== undefined) fail(result.failure);
    }
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
