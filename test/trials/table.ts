import type { Outcome } from './trial.ts';

const HEAD = ['trial', 'count', 'failures', 'seed', 'longest turn', 'on a core', 'resident', ''];
/** Text stands at the left of its column, numbers at the right. */
const LEFT = new Set([0, HEAD.length - 1]);

const row = ({ trial, count, counts, failures, seed, version, strain, figures }: Outcome): string[] => [
  version === '1.1' ? trial : `${trial} ${version}`,
  `${count} ${counts}`,
  String(failures.length),
  String(seed),
  `${strain.turn.toFixed(0)} ms`,
  `${strain.turnCpu.toFixed(0)} ms`,
  `${strain.resident.toFixed(0)} MB`,
  Object.entries(figures)
    .map(([name, value]) => `${Number.isInteger(value) ? value : value.toFixed(1)} ${name}`)
    .join(', '),
];

/** A line for each trial, under a line of headings. */
export function asTable(outcomes: readonly Outcome[]): string {
  const rows = [HEAD, ...outcomes.map(row)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const padded = (cell: string, column: number): string =>
    LEFT.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((cells) => cells.map(padded).join('  ').trimEnd()).join('\n');
}

/** What failed, each trial's with the command that repeats it. */
export const repeatLines = (outcomes: readonly Outcome[]): string[] =>
  outcomes
    .filter(({ failures }) => failures.length > 0)
    .flatMap(({ trial, seed, count, version, failures }) => [
      `\n${trial}, seed ${seed}: ${failures.length} failed`,
      ...failures.map((text) => `  ${text}`),
      `  again: npm run trials -- ${trial} --seed ${seed} --count ${count}${version === '1.1' ? '' : ` --version ${version}`}`,
    ]);
