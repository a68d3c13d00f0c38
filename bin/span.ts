import { EXIT } from './exit-codes.ts';
import { CommandError } from './failure.ts';

/** Unit: ms. */
const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 31_536_000_000 };

/** The moment that `90d` from `now` or `2027-01-31` (its first instant, UTC) means. @throws CommandError usage */
export function momentOf(text: string, now: number, flag: string): Date {
  const [, count, unit] = /^(\d{1,5})([hdwy])$/.exec(text) ?? [];
  const date = /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text) ? Date.parse(text) : Number.NaN;
  const at = unit === undefined ? date : now + Number(count) * (UNITS[unit] ?? 0);
  if (Number.isNaN(at))
    throw new CommandError(EXIT.usage, `${flag} takes a span such as 12h, 90d, 1y, or a date such as 2027-01-31`);
  if (at <= now) throw new CommandError(EXIT.usage, `${flag} ${text} is not in the future`);
  return new Date(at);
}
