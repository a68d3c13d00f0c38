import { CommandError } from './command-error.ts';
import { EXIT } from './exit-codes.ts';

/** Unit: ms. */
const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 31_536_000_000 };

/** Unit: years. Longer is a mistake, and the list of credentials would have no room for it. */
const LONGEST = 100;

/** Date.parse takes 31 February for 3 March. */
const isInCalendar = (text: string): boolean => {
  const midnight = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text.slice(0, 10));
};

/** The moment that `90d` from `now` or `2027-01-31` (its first instant, UTC) means. @throws CommandError usage */
export function parseExpiry(text: string, now: number, flag: string): Date {
  const [, count, unit] = /^(\d{1,4})([hdwy])$/.exec(text) ?? [];
  const date = /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text) && isInCalendar(text) ? Date.parse(text) : Number.NaN;
  const at = unit === undefined ? date : now + Number(count) * (UNITS[unit] ?? 0);
  if (Number.isNaN(at))
    throw new CommandError(EXIT.usage, `${flag} takes a span such as 12h, 90d, 1y, or a date such as 2027-01-31`);
  if (at > now + LONGEST * (UNITS['y'] ?? 0))
    throw new CommandError(
      EXIT.usage,
      `${flag} ${text} is more than ${LONGEST} years away; leave ${flag} out for no end`,
    );
  if (at <= now) throw new CommandError(EXIT.usage, `${flag} ${text} is not in the future`);
  return new Date(at);
}
