/** npm run bench [-- NAME…] [--only NAME…] [--assert]: every figure with its floor, goal and verdict. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Part } from './part.ts';
import { directory } from './parts/directory.ts';
import { filters } from './parts/filters.ts';
import { groups } from './parts/groups.ts';
import { journal } from './parts/journal.ts';
import { lists } from './parts/lists.ts';
import { pages } from './parts/pages.ts';
import { postgres, postgresWalk } from './parts/postgres.ts';
import { requests } from './parts/requests.ts';
import { start } from './parts/start.ts';
import { versions } from './parts/versions.ts';
import { walk } from './parts/walk.ts';
import { writes } from './parts/writes.ts';
import { Report } from './report.ts';

/** In the order they are measured: what needs quiet first. */
const PARTS: readonly Part[] = [
  start,
  requests,
  versions,
  writes,
  journal,
  pages,
  groups,
  lists,
  directory,
  postgres,
  filters,
  walk,
  postgresWalk,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', multiple: true, default: [] }, assert: { type: 'boolean', default: false } },
});
const report = new Report([...values.only, ...positionals], (line) => process.stdout.write(`${line}\n`));

/** A busy machine makes all figures worse, and not all alike. */
const load = (): string => `load average ${loadavg()[0]?.toFixed(2)} on ${availableParallelism()} cores`;

async function run(part: Part): Promise<void> {
  if (!report.wants(part.name)) return;
  const folder = mkdtempSync(join(tmpdir(), 'connector-bench-'));
  const started = performance.now();
  try {
    await part.run(report, folder);
    report.note(`  ${part.name}: ${((performance.now() - started) / 1000).toFixed(0)} s, ${load()}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

report.note(`${load()}; Node ${process.version}`);
for (const part of PARTS) await run(part);
report.note(report.summary);
if (report.unknown.length > 0) {
  process.stderr.write(
    `no such row: ${report.unknown.join(', ')}; parts: ${PARTS.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}
process.exit(values.assert && report.missed > 0 ? 1 : 0);
