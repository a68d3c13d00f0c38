import { onOneLine } from '../../../connector/log/printable.ts';
import type { Traced } from '../../../connector/operations/trace/traced.ts';
import type { WhyNone } from '../../../connector/operations/trace/why-none.ts';
import { cutTo, wrap } from '../line-width.ts';
import { counted } from '../wording.ts';
import { localDateTime, localTime, localZone } from './local-time.ts';

const kind = ({ type }: Traced): string => type?.toLowerCase() ?? 'id';

const idsOf = ({ ids }: Traced): string => (ids.length === 0 ? 'no id' : `id ${ids.map(onOneLine).join(' and ')}`);

/** Whose timeline it is, and in what zone its times are. */
export const traceHead = (traced: Traced, width: number): string =>
  wrap(
    `${kind(traced)} ${onOneLine(traced.name)}, ${idsOf(traced)}; app ${traced.apps.map(onOneLine).join(', ')}; times: ${localZone()}`,
    width,
  );

/** That it is not clear who is meant, and by what to name each. */
export function severalText(who: string, subjects: readonly Traced[], width: number): string {
  const lines = subjects.map((one) => {
    const { date } = localTime(one.last);
    return cutTo(
      `  ${one.ids.map(onOneLine).join(', ') || '(no id)'}  ${kind(one)} ${onOneLine(one.name)}, last ${date}`,
      width,
    );
  });
  const title = `${onOneLine(who)} is said of ${subjects.length}; name one by its id:`;
  return [wrap(title, width), ...lines].join('\n');
}

/** What `[journal] values` means to whoever looks for a name. */
const VALUES = {
  clear: '',
  hashed: ' Names are kept as hashes ([journal] values = "hashed"): only the whole name or address finds them.',
  none: ' Names are not kept ([journal] values = "none"): only an id finds records.',
} as const;

/** Why there may be nothing about somebody, and what to try. */
export function missingText(
  who: string,
  { near, otherApps, before, begins }: WhyNone,
  values: keyof typeof VALUES = 'clear',
): string {
  const name = onOneLine(JSON.stringify(who));
  if (before !== undefined)
    return `nothing about ${name} since then; the latest before it is of ${localDateTime(before)}: leave --since out`;
  if (otherApps.length > 0)
    return `nothing about ${name} in that app; there is something in ${otherApps.map(onOneLine).join(', ')}`;
  const spelled = near.map((one) => onOneLine(JSON.stringify(one))).join(' or ');
  const hint = spelled === '' ? '' : `; did you mean ${spelled}?`;
  if (begins === undefined) return `nothing about ${name}: the journal is empty`;
  return `nothing about ${name} in the journal${hint}\nIt begins at ${localDateTime(begins)}; what was before is not in it any more, or never was. Reads and PUTs that change nothing leave no record.${VALUES[values]}`;
}

/** There is more than is shown. */
export const cutText = (limit: number): string =>
  `these are the latest ${counted(limit, 'record')}; there are earlier ones: --limit ${limit * 10}`;
