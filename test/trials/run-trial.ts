import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../connector/simulator/random.ts';
import { scaled } from '../support/pace.ts';
import { whenWeEnd } from '../support/when-we-end.ts';
import type { Bench, Figures, Outcome, Spoken, Strain, Trial } from './trial.ts';
import { TrialServer } from './trial-server.ts';

/** Enough to see of what kind they are. */
const MOST_FAILURES = 100;

const worst = (strains: readonly Strain[]): Strain => ({
  turn: Math.max(0, ...strains.map(({ turn }) => turn)),
  turnCpu: Math.max(0, ...strains.map(({ turnCpu }) => turnCpu)),
  resident: Math.max(0, ...strains.map(({ resident }) => resident)),
});

/** @throws Error after so many seconds */
async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`not finished within ${Math.round(seconds)} s`)), seconds * 1000);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a trial once; all that it started has ended afterwards. Never throws: what went wrong is among the failures. */
export async function runTrial(
  name: string,
  trial: Trial,
  {
    seed = 1,
    count = trial.count,
    version = '1.1',
  }: { readonly seed?: number; readonly count?: number; readonly version?: Spoken } = {},
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), `trial-${name}-`));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const forget = whenWeEnd(remove);
  const failures: string[] = [];
  const servers: TrialServer[] = [];
  const ends: (() => Promise<void> | void)[] = [];
  const fail = (text: string): void => {
    if (failures.length < MOST_FAILURES) failures.push(text);
  };
  const bench: Bench = {
    seed,
    count,
    version,
    random: new Random(seed),
    folder,
    fail,
    whenOver: (end) => ends.unshift(end),
    serve: async (options = {}) => {
      const server = await TrialServer.start({ folder, ...options }, join(folder, `strain-${servers.length}.json`));
      servers.push(server);
      ends.unshift(() => server.stop());
      return server;
    },
  };
  let figures: Figures = {};
  try {
    figures = await within((scaled(1000) / 1000) * (60 + count * trial.patience), trial.run(bench));
  } catch (error) {
    fail(`the trial ended early: ${error instanceof Error ? error.stack : error}`);
  }
  const strain = worst(servers.map((server) => server.strain()));
  for (const end of ends) {
    try {
      await end();
    } catch (error) {
      fail(`what the trial started did not end: ${error}`);
    }
  }
  forget();
  remove();
  return { trial: name, counts: trial.counts, count, seed, version, failures, figures, strain };
}
