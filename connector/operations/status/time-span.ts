/** Units from the largest; each is used from twice its size on. Unit: s. */
const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ['days', 86_400],
  ['h', 3600],
  ['min', 60],
];

/** `3 days`, `5 h`, `12 min`, `40 s`. @param ms  unit: ms */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [name, size] = UNITS.find(([, one]) => seconds >= 2 * one) ?? ['s', 1];
  return `${Math.floor(seconds / size)} ${name}`;
}

/** @param time  ISO 8601 @param now  ms since 1970 */
export const ago = (time: string, now: number): string => `${span(now - Date.parse(time))} ago`;
