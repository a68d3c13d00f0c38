// The zone's "+" may arrive as a blank, where a client did not encode it in a query.
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+\- ]\d\d:\d\d)?$/i;

/** Unit: ms. */
const DAY = 86_400_000;

/** Unit: minutes. */
const MAX_OFFSET = 14 * 60;

/**
 * xsd:dateTime (SCIM 1.1 Core §3.1.5) → milliseconds since 1970, finer fractions cut off. No zone means UTC.
 * Years have four digits, as in directories. `undefined` for anything else, including what `Date.parse` would let
 * through ("2011", February 30).
 */
export function parseDateTime(text: string): number | undefined {
  const match = DATE_TIME.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = match;
  const utc = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`;
  const time = Date.parse(utc);
  // Date.parse takes 02-30 for 03-02: the calendar day must survive, but for 24:00, which is the next day's midnight.
  const sameDay = hour === '24' ? time - DAY : time;
  if (Number.isNaN(time) || new Date(sameDay).getUTCDate() !== Number(day)) return undefined;
  if (zone.toUpperCase() === 'Z') return time;
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  if (minutes > 59 || hours * 60 + minutes > MAX_OFFSET) return undefined;
  return time - (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Milliseconds since 1970 → ISO 8601, UTC. */
export const formatDateTime = (time: number): string => new Date(time).toISOString();
