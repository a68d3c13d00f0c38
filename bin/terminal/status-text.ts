import { onOneLine } from '../../connector/log/printable.ts';
import type { Light } from '../../connector/operations/status/light.ts';
import type { Status } from '../../connector/operations/status/status.ts';
import { ago, span } from '../../connector/operations/status/time-span.ts';
import type { ImportProgress } from '../../connector/vitals/imports.ts';
import type { ErrorGroup } from '../../connector/vitals/last-errors.ts';
import { dayOf } from '../../connector/vitals/request-counts.ts';
import { wrap } from './line-width.ts';
import { mark } from './mark.ts';
import { table } from './table.ts';
import { counted } from './wording.ts';

/** Kinds of errors that are shown; `--json` has all. */
const MOST_ERRORS = 5;
/** Between two pages an agent stores what it got; longer than this is worth a word. Unit: ms. */
const WAITS = 10_000;
/** Older errors are not of now. Unit: ms. */
const LATELY = 7 * 86_400_000;

export interface StatusTextOptions {
  readonly width: number;
  /** ms since 1970. */
  readonly now: number;
  /** A command as it is typed here. */
  readonly command: (fix: NonNullable<Light['fix']>) => string;
}

const number = (count: number): string => count.toLocaleString('en');

function importLine(one: ImportProgress, { now, width }: StatusTextOptions, several: boolean): string {
  const { app, type, message, pages, read, total, rate, last, expectedEnd } = one;
  const waits = now - Date.parse(last);
  const end = expectedEnd === undefined ? '' : `, ${span(Date.parse(expectedEnd) - now)} left`;
  const at = rate > 0 && pages > 1 ? `, ${number(Math.round(rate))}/s` : '';
  const of = several ? `${app}: ` : '';
  const far = `${number(read)} of ${number(total)} in ${counted(pages, 'page')}`;
  return wrap(
    `  ${of}${message} (${type}), ${far}${waits > WAITS ? `, last page ${span(waits)} ago` : at + end}`,
    width,
  );
}

function errorLines(group: ErrorGroup, { width, now, command }: StatusTextOptions): readonly string[] {
  const { count, app, message, text, last, ref } = group;
  const whose = app === '' ? message : `${message}, app ${app}`;
  const times = count === 1 ? '' : `${number(count)} times, last `;
  return [
    wrap(`  ${times}${ago(last, now)}, ${whose}: ${onOneLine(text)}`, width),
    `    ${command({ ours: `explain ${ref}` })}`,
  ];
}

/** `120 checkUserExists, 4 createNewUser (1 not done)` */
function todayText({ counts }: Status, now: number): string | undefined {
  const today = counts.filter(({ day }) => day === dayOf(now));
  const byMessage = Map.groupBy(today, ({ message }) => message);
  const parts = [...byMessage].map(([message, all]) => {
    const sum = (some: typeof all): number => some.reduce((total, { count }) => total + count, 0);
    const not = sum(all.filter(({ outcome }) => outcome !== 'done'));
    return `${number(sum(all))} ${message}${not > 0 ? ` (${number(not)} not done)` : ''}`;
  });
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** The lights, what to do, what runs and what went wrong, as wide as the terminal. */
export function statusText(status: Status, options: StatusTextOptions): string {
  const { width, now, command } = options;
  const { lights, imports, errors } = status;
  const apps = new Set(lights.flatMap(({ app }) => app ?? []));
  const several = apps.size > 1;
  const rows = lights.map(({ status: state, light, app = '', text }) => [
    mark(state),
    light,
    ...(several ? [app] : []),
    onOneLine(text),
  ]);
  const fixes = new Set(lights.flatMap((one) => (one.fix && one.status !== 'ok' ? command(one.fix) : [])));
  const recent = errors.filter(({ last }) => now - Date.parse(last) < LATELY);
  const more = recent.length - MOST_ERRORS;
  const today = todayText(status, now);
  return [
    table(rows, width),
    ...(fixes.size > 0 ? ['', 'What to type', ...[...fixes].map((fix) => `  ${fix}`)] : []),
    ...(imports.length > 0 ? ['', 'Running import', ...imports.map((one) => importLine(one, options, several))] : []),
    ...(recent.length > 0
      ? ['', 'Last errors', ...recent.slice(0, MOST_ERRORS).flatMap((group) => errorLines(group, options))]
      : []),
    ...(more > 0 ? [`  and ${more} other kinds: ${command({ ours: 'events' })}`] : []),
    ...(today === undefined ? [] : ['', wrap(`Today: ${today}`, width)]),
  ].join('\n');
}
