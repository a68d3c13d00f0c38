import { CommandError } from './command-error.ts';
import { EXIT } from './exit-codes.ts';

/** Unit: ms. */
const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const FORMS = 'a span such as 30m, 2h or 7d, a time such as 14:30, or a date such as 2026-11-28 or "2026-11-28 14:30"';

/** Date.parse takes 31 February for 3 March. */
const isInCalendar = (day: string): boolean => {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
};

/** The last time that a clock here showed it. */
function timeOfDay(text: string, now: number): number | undefined {
  const [, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59 || hours === undefined) return undefined;
  const at = new Date(now);
  at.setHours(Number(hours), Number(minutes), Number(seconds), 0);
  if (at.getTime() > now) at.setDate(at.getDate() - 1);
  return at.getTime();
}

/** A date alone is its midnight here; with a time it is local, unless it says where. */
function date(text: string): number | undefined {
  const [, day = '', time = '00:00', zone = ''] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/i.exec(text) ?? [];
  if (!isInCalendar(day)) return undefined;
  const at = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(at) ? undefined : at;
}

/** The moment in the past that a text means. @returns ms since 1970 @throws CommandError usage */
export function parseMoment(text: string, now: number, flag: string): number {
  const [, count, unit = ''] = /^(\d{1,6}) ?([smhdw])$/.exec(text.trim()) ?? [];
  const at =
    count === undefined ? (timeOfDay(text.trim(), now) ?? date(text.trim())) : now - Number(count) * (UNITS[unit] ?? 0);
  if (at === undefined) throw new CommandError(EXIT.usage, `${flag} takes ${FORMS}; not ${JSON.stringify(text)}`);
  if (at > now) throw new CommandError(EXIT.usage, `${flag} ${text} is not in the past`);
  return at;
}
